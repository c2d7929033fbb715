// One meeting: where it stands, what comes next, what I may do (F47).
import { html } from '../html.js';
import { get, post } from '../api.js';
import { options } from '../options.js';
import { day, span } from '../words.js';
import { Page, useLoad, shown } from '../parts/page.js';
import { acts, phaseTag } from '../parts/meeting-card.js';
import { steps } from '../parts/steps.js';

const { defineComponent, ref } = window.Vue;
const { useRoute, useRouter } = window.VueRouter;
const { Button, Dialog, Field } = window.vant;

export default defineComponent({
  setup() {
    const { id } = useRoute().params;
    const router = useRouter();
    const meeting = useLoad(async () => {
      const [data, { limits }] = await Promise.all([get(`meetings/${id}/`), options()]);
      return { ...data, limits };
    });
    const go = (path) => router.push(path);
    const leave = ref(null);

    async function askLeave() {
      const asked = leave.value; // may be closed before the answer, or be another one by then
      try {
        await post(`meetings/${id}/leave/`, { reason: asked.reason });
        if (leave.value === asked) leave.value = null;
        await meeting.load();
      } catch (problem) {
        asked.problem = problem.of('reason') || problem.message;
      }
      return false;
    }

    const draw = (data) => html`
      <section class="card">
        <span class="muted">${data.kind_label} ${phaseTag(data)}</span>
        <h2>${data.title}</h2>
        <p>${span(data.starts_at, data.ends_at)} · ${data.place}</p>
        ${data.agenda && html`<p class="text">${data.agenda}</p>`}
        <p class="muted">我：${data.my_state_label}</p>
      </section>
      <div class="buttons">
        ${acts(data, go)}
        ${data.is_organiser && html`<${Button} block round plain type="primary" to=${`/meetings/${id}/people`}>签到名单<//>`}
        ${data.can_ask_leave && html`<${Button} block round plain onClick=${() => { leave.value = { reason: '', problem: '' }; }}>请假<//>`}
      </div>
      <section class="card people-count"><div><b>${data.participants.invited}</b>应到</div><div><b>${data.participants.present}</b>签到</div>
        <div><b>${data.participants.late}</b>迟到</div><div><b>${data.participants.leave}</b>请假</div>
        ${data.phase === 'closed' ? html`<div><b>${data.participants.absent}</b>缺席</div>` : html`<div><b>${data.participants.missing}</b>未签到</div>`}</section>
      <section class="card"><h2>会议进展</h2>${steps(data.steps)}</section>
      ${data.minutes && html`<section class="card"><h2>会议纪要</h2>
        ${data.minutes.text.split('\n').map((line) => html`<p class="text">${line}</p>`)}
        <p class="muted">${data.minutes.author} · 第 ${data.minutes.version} 版 · ${day(data.minutes.at)}</p></section>`}
      ${leave.value && html`
        <${Dialog} show=${true} title="请假" showCancelButton=${true} confirmButtonText="提交" beforeClose=${(action) => (action === 'confirm' ? askLeave() : ((leave.value = null), true))}>
          <${Field} modelValue=${leave.value.reason} onUpdate:modelValue=${(value) => { leave.value.reason = value; }}
                    type="textarea" rows="3" maxlength=${meeting.data.value.limits.reason} showWordLimit label="请假原因" labelAlign="top" errorMessage=${leave.value.problem} />
        <//>`}`;

    return () => html`<${Page} title="会议">${shown(meeting, draw)}<//>`;
  },
});
