// File the minutes: the meeting ends with them, and points are booked (F13, F14). A draft survives a closed page.
import { html } from '../html.js';
import { get, once, post } from '../api.js';
import { clock, day } from '../words.js';
import { Page, useLoad, shown } from '../parts/page.js';

const { defineComponent, reactive, watch } = window.Vue;
const { useRoute, useRouter } = window.VueRouter;
const { Button, Field, showConfirmDialog, showSuccessToast } = window.vant;

// What ending the meeting now cuts off: '' when the time is over and nobody is missing.
function cutOff({ ends_at: ends, participants }) {
  const now = new Date();
  const date = day(ends) === day(now.toISOString()) ? '' : `${day(ends)} `;
  return [
    now < new Date(ends) && `会议原定 ${date}${clock(ends)} 结束`,
    participants.missing > 0 && `还有 ${participants.missing} 人未签到`,
  ].filter(Boolean).join('，');
}

export default defineComponent({
  setup() {
    const { id } = useRoute().params;
    const router = useRouter();
    const place = `sanjin.minutes.${id}`;
    const form = reactive({ text: localStorage.getItem(place) || '', busy: false, problem: null });
    const meeting = useLoad(() => get(`meetings/${id}/`));
    const key = once();
    watch(() => form.text, (text) => localStorage.setItem(place, text));

    // asked of the server at this moment: people check in while the minutes are written
    async function sure() {
      const cut = cutOff(await get(`meetings/${id}/`));
      if (!cut) return true;
      const message = `${cut}。提交后会议结束，不能再签到。`;
      return showConfirmDialog({ title: '现在结束会议', message, confirmButtonText: '确定提交', cancelButtonText: '再等等' })
        .then(() => true, () => false);
    }

    async function submit() {
      form.busy = true;
      form.problem = null;
      try {
        if (!(await sure())) return;
        await post(`meetings/${id}/minutes/`, { text: form.text }, key);
        localStorage.removeItem(place);
        showSuccessToast('会议已结束');
        router.replace(`/meetings/${id}`);
      } catch (problem) {
        form.problem = problem;
      } finally {
        form.busy = false;
      }
    }

    const writing = () => html`
        <section class="card flush">
          <${Field} modelValue=${form.text} onUpdate:modelValue=${(value) => { form.text = value; }} type="textarea" rows="10" autosize
                    maxlength="5000" showWordLimit label="会议纪要" labelAlign="top" required placeholder="会议内容、讨论意见、形成的决议"
                    errorMessage=${form.problem ? form.problem.of('text') || form.problem.message : ''} />
        </section>
        <p class="muted note">提交后会议结束、不能再签到，积分随即入账。之后如需修改，请支部管理员在后台修改，各版本都会保留。</p>
        <div class="buttons"><${Button} block round type="primary" loading=${form.busy} disabled=${!form.text.trim()} onClick=${submit}>提交并结束会议<//></div>`;

    return () => html`
      <${Page} title="提交会议纪要">
        ${shown(meeting, (data) => html`
          <section class="card"><h2>${data.title}</h2>
            <p class="muted">应到 ${data.participants.invited} 人 · 签到 ${data.participants.present} 人 · 迟到 ${data.participants.late} 人</p></section>
          ${data.can_file_minutes ? writing() : html`<p class="muted note">现在不能提交纪要：纪要由组织者在会议开始后提交，提交后会议结束。会议到了哪一步，请看会议页。</p>`}`)}
      <//>`;
  },
});
