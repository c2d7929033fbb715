// A post holder calls a meeting: type, time, place, organisers; everybody of the branch is invited unless chosen.
import { html } from '../html.js';
import { get, once, post } from '../api.js';
import { session } from '../session.js';
import { Page, useLoad, shown } from '../parts/page.js';
import { refusal } from '../parts/refusal.js';

const { defineComponent, reactive } = window.Vue;
const { useRouter } = window.VueRouter;
const { Button, Cell, CellGroup, Checkbox, CheckboxGroup, Field, Picker, Popup } = window.vant;

const KINDS = [
  ['congress', '支部党员大会'], ['committee', '支委会'], ['group', '党小组会'], ['lecture', '党课'], ['themeday', '主题党日'],
  ['life', '组织生活会'], ['appraisal', '民主评议'], ['training', '教育培训'], ['other', '其他活动'],
].map(([value, text]) => ({ value, text }));

async function everybody() {
  const rows = [];
  let next = 'branch/members/';
  while (next) {
    const page = await get(next);
    rows.push(...page.results);
    next = page.next;
  }
  return rows;
}

function later(hours) {
  const date = new Date(Date.now() + hours * 3600e3 - new Date().getTimezoneOffset() * 60e3);
  return `${date.toISOString().slice(0, 13)}:00`;
}

export default defineComponent({
  setup() {
    const router = useRouter();
    const members = useLoad(everybody);
    const form = reactive({ kind: 'group', title: '', place: '', agenda: '', starts_at: later(1), ends_at: later(2),
      organisers: session.me ? [session.me.id] : [], participants: [], all: true, picking: '', busy: false, problem: null });
    const key = once();
    const bind = (name) => ({ modelValue: form[name], 'onUpdate:modelValue': (value) => { form[name] = value; },
      errorMessage: form.problem ? form.problem.of(name) : '' });
    const names = (ids) => (members.data.value || []).filter((member) => ids.includes(member.id)).map((member) => member.name).join('、');

    async function submit() {
      form.busy = true;
      form.problem = null;
      const { kind, title, place, agenda, starts_at, ends_at, organisers } = form;
      const participants = form.all ? 'all' : form.participants;
      try {
        const meeting = await post('meetings/', { kind, title, place, agenda, organisers, participants,
          starts_at: `${starts_at}:00+08:00`, ends_at: `${ends_at}:00+08:00` }, key);
        router.replace(`/meetings/${meeting.id}`);
      } catch (problem) {
        form.problem = problem;
      } finally {
        form.busy = false;
      }
    }

    const chooser = (list) => html`
      <${Popup} show=${true} position="bottom" round closeable teleport="body" onClose=${() => { form.picking = ''; }} onUpdate:show=${() => { form.picking = ''; }}>
        <div class="chooser"><h2>${form.picking === 'organisers' ? '选择组织者' : '选择参会党员'}</h2>
          <${CheckboxGroup} modelValue=${form[form.picking]} onUpdate:modelValue=${(value) => { form[form.picking] = value; }}>
            ${list.map((member) => html`<${Checkbox} name=${member.id} key=${member.id}>${member.name} ${member.posts.join('、')}<//>`)}
          <//>
          <div class="buttons"><${Button} block round type="primary" onClick=${() => { form.picking = ''; }}>确定<//></div></div>
      <//>`;

    const draw = (list) => html`
      <${CellGroup} inset>
        <${Cell} title="会议类型" isLink value=${KINDS.find((kind) => kind.value === form.kind).text} onClick=${() => { form.picking = 'kind'; }} />
        <${Field} ...${bind('title')} label="会议名称" required placeholder="如：11月党小组会" maxlength="60" />
        <${Field} ...${bind('place')} label="地点" required placeholder="如：社区活动室" maxlength="60" />
        <${Field} ...${bind('starts_at')} label="开始时间" required type="datetime-local" />
        <${Field} ...${bind('ends_at')} label="结束时间" required type="datetime-local" />
        <${Field} ...${bind('agenda')} label="议程" type="textarea" rows="2" autosize maxlength="500" />
      <//>
      <${CellGroup} inset>
        <${Cell} title="组织者" isLink value=${names(form.organisers)} onClick=${() => { form.picking = 'organisers'; }} />
        <${Cell} title="通知全体党员"><${Checkbox} modelValue=${form.all} onUpdate:modelValue=${(value) => { form.all = value; }} shape="square" /><//>
        ${!form.all && html`<${Cell} title="参会党员" isLink value=${`${form.participants.length} 人`} onClick=${() => { form.picking = 'participants'; }} />`}
      <//>
      ${refusal(form.problem)}
      <div class="buttons"><${Button} block round type="primary" loading=${form.busy} onClick=${submit}>召集会议并通知<//></div>
      ${form.picking === 'kind' && html`
        <${Popup} show=${true} position="bottom" round teleport="body" onUpdate:show=${() => { form.picking = ''; }}>
          <${Picker} columns=${KINDS} modelValue=${[form.kind]} onCancel=${() => { form.picking = ''; }}
                     onConfirm=${({ selectedValues }) => { [form.kind] = selectedValues; form.picking = ''; }} /><//>`}
      ${(form.picking === 'organisers' || form.picking === 'participants') && chooser(list)}`;

    return () => html`<${Page} title="召集会议">${shown(members, draw)}<//>`;
  },
});
