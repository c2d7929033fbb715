// File the minutes: the meeting ends with them, and points are booked (F13, F14). A draft survives a closed page.
import { html } from '../html.js';
import { get, post } from '../api.js';
import { options } from '../options.js';
import { draft, keepDraft } from '../session.js';
import { Page, useLoad, useStanding, shown } from '../parts/page.js';

const { defineComponent, reactive, watch } = window.Vue;
const { useRoute, useRouter } = window.VueRouter;
const { Button, Field, showConfirmDialog, showSuccessToast } = window.vant;

export default defineComponent({
  setup() {
    const { id } = useRoute().params;
    const router = useRouter();
    const standing = useStanding();
    const place = `minutes.${id}`;
    const form = reactive({ text: draft(place), busy: false, problem: null });
    const page = useLoad(async () => {
      const [meeting, { limits }] = await Promise.all([get(`meetings/${id}/`), options()]);
      return { meeting, limits };
    });
    watch(() => form.text, (text) => keepDraft(place, text));

    // asked of the server at this moment: people check in while the minutes are written
    async function sure() {
      const { cut_off: cut } = await get(`meetings/${id}/`);
      if (!cut) return true;
      const message = `${cut}。提交后会议结束，不能再签到。`;
      return showConfirmDialog({ title: '现在结束会议', message, confirmButtonText: '确定提交', cancelButtonText: '再等等' })
        .then(() => true, () => false);
    }

    async function submit() {
      form.busy = true;
      form.problem = null;
      try {
        if (form.text.trim() && !(await sure())) return; // nothing written: the refusal comes first
        await post(`meetings/${id}/minutes/`, { text: form.text });
        keepDraft(place, '');
        showSuccessToast('会议已结束');
        if (standing()) router.replace(`/meetings/${id}`);
      } catch (problem) {
        form.problem = problem;
      } finally {
        form.busy = false;
      }
    }

    const writing = (limits) => html`
        <section class="card flush">
          <${Field} modelValue=${form.text} onUpdate:modelValue=${(value) => { form.text = value; }} type="textarea" rows="8" autosize readonly=${form.busy}
                    maxlength=${limits.minutes} showWordLimit label="会议纪要" labelAlign="top" required placeholder="会议内容、讨论意见、形成的决议"
                    errorMessage=${form.problem ? form.problem.of('text') || form.problem.message : ''} />
        </section>
        <p class="muted note">提交后会议结束、不能再签到，积分随即入账。之后如需修改，请支部管理员在后台修改，各版本都会保留。</p>
        <div class="buttons"><${Button} block round type="primary" loading=${form.busy} onClick=${submit}>提交并结束会议<//></div>`;

    return () => html`
      <${Page} title="提交纪要">
        ${shown(page, ({ meeting, limits }) => html`
          <section class="card"><h2>${meeting.title}</h2>
            <p class="muted">应到 ${meeting.participants.invited} 人 · 签到 ${meeting.participants.present} 人 · 迟到 ${meeting.participants.late} 人</p></section>
          ${meeting.can_file_minutes ? writing(limits) : html`<p class="muted note">现在不能提交纪要：纪要由组织者在会议开始后提交，提交后会议结束。会议到了哪一步，请看会议页。</p>`}`)}
      <//>`;
  },
});
