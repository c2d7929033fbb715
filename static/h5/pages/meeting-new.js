// A post holder calls a meeting: type, time, place, organisers; everybody of the branch is invited unless chosen.
import { html } from '../html.js';
import { get, post } from '../api.js';
import { session } from '../session.js';
import { moment, wholeHour } from '../words.js';
import { Page, useLoad, shown } from '../parts/page.js';
import { refusal } from '../parts/refusal.js';

const { defineComponent, reactive } = window.Vue;
const { useRouter } = window.VueRouter;
const { Button, Cell, CellGroup, Checkbox, CheckboxGroup, Field, Picker, Popup, Switch } = window.vant;

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

async function everything() {
  const [options, members, me] = await Promise.all([get('meetings/options/'), everybody(), session.me || get('me/')]);
  return { ...options, members, me };
}

export default defineComponent({
  setup() {
    const router = useRouter();
    const page = useLoad(async () => {
      const all = await everything();
      form.organisers = [all.me.id];
      return all;
    });
    const form = reactive({ kind: undefined, title: '', place: '', agenda: '', starts_at: wholeHour(1), ends_at: wholeHour(2),
      organisers: [], participants: [], all: true, picking: '', busy: false, problem: null });
    const bind = (name) => ({ modelValue: form[name], 'onUpdate:modelValue': (value) => { form[name] = value; },
      errorMessage: form.problem ? form.problem.of(name) : '' });
    const names = (ids) => page.data.value.members.filter((member) => ids.includes(member.id)).map((member) => member.name).join('、');

    async function submit() {
      form.busy = true;
      form.problem = null;
      const { kind, title, place, agenda, starts_at, ends_at, organisers } = form;
      const participants = form.all ? 'all' : form.participants;
      try {
        const meeting = await post('meetings/', { kind, title, place, agenda, organisers, participants,
          starts_at: moment(starts_at), ends_at: moment(ends_at) });
        router.replace(`/meetings/${meeting.id}`);
      } catch (problem) {
        form.problem = problem;
      } finally {
        form.busy = false;
      }
    }

    const choose = (field) => { form.picking = field; };
    const done = () => choose('');

    const chooser = (members) => html`
      <${Popup} show=${true} position="bottom" round teleport="body" onUpdate:show=${done}>
        <div class="chooser"><h2>${form.picking === 'organisers' ? '选择组织者' : '选择参会党员'}</h2>
          <${CheckboxGroup} modelValue=${form[form.picking]} onUpdate:modelValue=${(value) => { form[form.picking] = value; }}>
            ${members.map((member) => html`<${Checkbox} name=${member.id} key=${member.id}>${member.name} ${member.posts.join('、')}<//>`)}
          <//>
          <div class="buttons"><${Button} block round type="primary" onClick=${done}>确定<//></div></div>
      <//>`;
    const kindChooser = (kinds) => html`
      <${Popup} show=${true} position="bottom" round teleport="body" onUpdate:show=${done}>
        <${Picker} title="会议类型" columns=${kinds} columnsFieldNames=${{ text: 'label' }} modelValue=${[form.kind]} onCancel=${done}
                   onConfirm=${({ selectedValues }) => { [form.kind] = selectedValues; done(); }} /><//>`;
    // the whole row is the switch: a bare one is too small for a finger
    const turn = () => { form.all = !form.all; };

    const draw = ({ kinds, limits, members }) => html`
      <${CellGroup} inset>
        <${Field} label="会议类型" labelAlign="top" required readonly isLink placeholder="请选择" onClick=${() => choose('kind')}
                  modelValue=${(kinds.find((kind) => kind.value === form.kind) || {}).label} errorMessage=${bind('kind').errorMessage} />
        <${Field} ...${bind('title')} label="会议主题" labelAlign="top" required placeholder="如：11月党小组会" maxlength=${limits.title} />
        <${Field} ...${bind('place')} label="地点" labelAlign="top" required placeholder="如：社区活动室" maxlength=${limits.place} />
        <${Field} ...${bind('starts_at')} label="开始时间" labelAlign="top" required type="datetime-local" />
        <${Field} ...${bind('ends_at')} label="结束时间" labelAlign="top" required type="datetime-local" />
        <${Field} ...${bind('agenda')} label="议程" labelAlign="top" type="textarea" rows="2" autosize maxlength=${limits.agenda} />
      <//>
      <${CellGroup} inset>
        <${Cell} title="组织者" isLink value=${names(form.organisers)} onClick=${() => choose('organisers')} />
        <${Cell} title="通知全体党员" center clickable onClick=${turn}>${{
          'right-icon': () => html`<${Switch} modelValue=${form.all} aria-label="通知全体党员" />` }}<//>
        ${!form.all && html`<${Cell} title="参会党员" isLink value=${`${form.participants.length} 人`} onClick=${() => choose('participants')} />`}
      <//>
      ${refusal(form.problem)}
      <div class="buttons"><${Button} block round type="primary" loading=${form.busy} onClick=${submit}>召集会议并通知<//></div>
      ${form.picking === 'kind' && kindChooser(kinds)}
      ${['organisers', 'participants'].includes(form.picking) && chooser(members)}`;

    return () => html`<${Page} title="召集会议">${shown(page, draw)}<//>`;
  },
});
