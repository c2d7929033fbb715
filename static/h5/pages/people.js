// The list of participants for organisers: proxy check-in for those who may, withdrawal with a reason (F11, F13).
import { html } from '../html.js';
import { del, get, post } from '../api.js';
import { clock } from '../words.js';
import { Page, useLoad, shown } from '../parts/page.js';

const { defineComponent, reactive, ref } = window.Vue;
const { useRoute } = window.VueRouter;
const { Button, Dialog, Field, Tag } = window.vant;
const TONES = { present: 'success', late: 'warning', leave: 'primary', invited: 'default', absent: 'default' };

export default defineComponent({
  setup() {
    const { id } = useRoute().params;
    const people = useLoad(() => get(`meetings/${id}/participants/`));
    const ask = reactive({ person: null, kind: '', reason: '', problem: '' });
    const open = (person, kind) => Object.assign(ask, { person, kind, reason: '', problem: '' });

    async function confirm() {
      try {
        if (ask.kind === 'proxy') await post(`meetings/${id}/proxy-check-ins/`, { member: ask.person.id, reason: ask.reason });
        else await del(`meetings/${id}/check-ins/${ask.person.id}/`, { reason: ask.reason });
        ask.person = null;
        people.load();
      } catch (problem) {
        ask.problem = problem.of('reason') || problem.message;
      }
      return false;
    }
    // Somebody of the branch scanned without being on the list (F13): one tap, then the member scans again.
    async function add(person) {
      try {
        await post(`meetings/${id}/participants/`, { members: [person.id] });
      } finally {
        people.load();
      }
    }
    const close = (action) => (action === 'confirm' ? confirm() : ((ask.person = null), true));
    const here = (person) => ['present', 'late'].includes(person.state);

    const why = ref(''); // whose refusal is open
    const refused = (person) => !here(person) && !person.can_add && !person.can_proxy && person.proxy_refusal;

    const row = (person) => html`
      <div class="entry" key=${person.id}>
        <div><b>${person.name}</b> <${Tag} plain type=${TONES[person.state]}>${person.state_label}<//>
          <span class="muted">${person.method_label}${person.checked_in_at ? ` · ${clock(person.checked_in_at)}` : ''}</span>
          ${person.can_add && html`<span class="reason">扫了码，但不在参会名单。</span>`}
          ${refused(person) && why.value === person.id && html`<span class="reason" role="status">${person.proxy_refusal}</span>`}</div>
        <div class="acts">
          ${person.can_add && html`<${Button} size="small" type="primary" onClick=${() => add(person)}>加入名单<//>`}
          ${refused(person) && html`<button type="button" class="why" aria-expanded=${why.value === person.id} onClick=${() => { why.value = why.value === person.id ? '' : person.id; }}>须本人扫码，为什么</button>`}
          ${person.can_proxy && !here(person) && html`<${Button} size="small" plain type="primary" onClick=${() => open(person, 'proxy')}>代签<//>`}
          ${here(person) && !person.organiser && html`<${Button} size="small" plain onClick=${() => open(person, 'withdraw')}>撤销<//>`}
        </div>
      </div>`;

    return () => html`
      <${Page} title="签到名单">
        ${shown(people, (list) => html`<section class="card entries">${list.map(row)}</section>`)}
        ${ask.person && html`
          <${Dialog} show=${true} title=${ask.kind === 'proxy' ? `为 ${ask.person.name} 代签` : `撤销 ${ask.person.name} 的签到`}
                     showCancelButton=${true} beforeClose=${close}>
            <${Field} modelValue=${ask.reason} onUpdate:modelValue=${(value) => { ask.reason = value; }} label="原因" labelAlign="top"
                      type="textarea" rows="2" maxlength="100" placeholder="请写明原因，会留存记录" errorMessage=${ask.problem} />
          <//>`}
      <//>`;
  },
});
