// The list of participants for organisers: proxy check-in for those who may, withdrawal with a reason (F11, F13).
import { html } from '../html.js';
import { del, get, post } from '../api.js';
import { options } from '../options.js';
import { clock } from '../words.js';
import { Page, useLoad, shown } from '../parts/page.js';
import { refusal } from '../parts/refusal.js';

const { defineComponent, reactive, ref } = window.Vue;
const { useRoute } = window.VueRouter;
const { Button, Dialog, Field, Icon, Tag } = window.vant;
const TONES = { present: 'success', late: 'warning', leave: 'default', invited: 'default', absent: 'default' };

export default defineComponent({
  setup() {
    const { id } = useRoute().params;
    const people = useLoad(async () => {
      const [list, meeting, { limits }] = await Promise.all([get(`meetings/${id}/participants/`), get(`meetings/${id}/`), options()]);
      return { list, meeting, limits };
    });
    const open = ref(null); // what is asked: of whom, and why
    const begin = (person, kind) => { open.value = { person, kind, reason: '', problem: '' }; };
    const leave = () => { open.value = null; };

    async function confirm() {
      const ask = open.value; // may be closed before the answer, and another one be open by then
      try {
        if (ask.kind === 'proxy') await post(`meetings/${id}/proxy-check-ins/`, { member: ask.person.id, reason: ask.reason });
        else await del(`meetings/${id}/check-ins/${ask.person.id}/`, { reason: ask.reason });
        if (open.value === ask) leave();
        people.load();
      } catch (problem) {
        ask.problem = problem.of('reason') || problem.message;
      }
      return false;
    }
    // Somebody of the branch scanned without being on the list (F13): one tap, then the member scans again.
    const adding = reactive({ id: '', problem: null });
    async function add(person) {
      Object.assign(adding, { id: person.id, problem: null });
      try {
        await post(`meetings/${id}/participants/`, { members: [person.id] });
      } catch (problem) {
        adding.problem = problem;
      }
      await people.load(); // after a refusal, too: the list may have changed under this page
      adding.id = '';
    }
    // What withdrawing means depends on whether the person may still come.
    const follows = (meeting) => (meeting.phase === 'closed'
      ? '改记为缺席，已得的积分冲回，并通知本人。会议已结束，之后不能再为此人签到。'
      : '改记为未签到，并通知本人。提交纪要前，本人可以再次扫码。');
    const close = (action) => (action === 'confirm' ? confirm() : (leave(), true));
    const why = ref(''); // whose refusal is open

    const row = (person) => html`
      <div class="entry person" key=${person.id}>
        <div><b>${person.name}</b> <${Tag} plain type=${TONES[person.state]}>${person.state_label}<//>
          <span class="muted">${person.method_label}${person.checked_in_at ? ` · ${clock(person.checked_in_at)}` : ''}</span>
          ${person.can_add && html`<span class="reason">扫了码，但不在参会名单。</span>`}</div>
        <div class="acts">
          ${person.can_add && html`<${Button} size="small" type="primary" loading=${adding.id === person.id} disabled=${Boolean(adding.id)} onClick=${() => add(person)}>加入名单<//>`}
          ${person.proxy_refusal && html`<button type="button" class="why" aria-expanded=${why.value === person.id} onClick=${() => { why.value = why.value === person.id ? '' : person.id; }} aria-label=${`为什么不能为${person.name}代签到`}>须本人扫码 <${Icon} name="question-o" /></button>`}
          ${person.can_proxy && html`<${Button} size="small" plain type="primary" onClick=${() => begin(person, 'proxy')}>代签到<//>`}
          ${person.can_withdraw && html`<${Button} size="small" plain onClick=${() => begin(person, 'withdraw')}>撤回签到<//>`}
        </div>
        ${person.proxy_refusal && why.value === person.id && html`<p class="reason" role="status">${person.proxy_refusal}</p>`}
      </div>`;

    const asking = (ask) => html`
      <${Dialog} show=${true} title=${ask.kind === 'proxy' ? `为 ${ask.person.name} 代签到` : `撤回 ${ask.person.name} 的签到`}
                 showCancelButton=${true} beforeClose=${close}>
        ${ask.kind === 'withdraw' && html`<p class="muted note">${follows(people.data.value.meeting)}</p>`}
        <${Field} modelValue=${ask.reason} onUpdate:modelValue=${(value) => { ask.reason = value; }} label="原因" labelAlign="top"
                  type="textarea" rows="2" maxlength=${people.data.value.limits.reason} showWordLimit placeholder="请写明原因，会留存记录" errorMessage=${ask.problem} />
      <//>`;

    return () => html`
      <${Page} title="签到名单">
        ${refusal(adding.problem)}
        ${shown(people, ({ list, meeting }) => html`
          <section class="card"><h2>${meeting.title}</h2>
            <p class="muted">应到 ${meeting.participants.invited} 人 · 签到 ${meeting.participants.present} 人 · 迟到 ${meeting.participants.late} 人</p></section>
          <section class="card entries">${list.map(row)}</section>`)}
        ${open.value && asking(open.value)}
      <//>`;
  },
});
