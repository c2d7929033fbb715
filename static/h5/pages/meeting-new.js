// A post holder calls a meeting: type, time, place, organisers; everybody of the branch is invited unless chosen.
import { html } from '../html.js';
import { get, getMe, post } from '../api.js';
import { options } from '../options.js';
import { session } from '../session.js';
import { moment, wholeHour } from '../words.js';
import { Page, useLoad, useStanding, shown } from '../parts/page.js';
import { PeopleChooser } from '../parts/people-chooser.js';
import { refusal } from '../parts/refusal.js';

const { defineComponent, reactive } = window.Vue;
const { onBeforeRouteLeave, useRouter } = window.VueRouter;
const { Button, Cell, CellGroup, Field, Picker, Popup, Switch, showConfirmDialog, showSuccessToast } = window.vant;

const LABELS = { kind: '会议类型', title: '会议主题', place: '地点', starts_at: '开始时间', ends_at: '结束时间', agenda: '议程',
  organisers: '组织者', participants: '参会党员' };

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
  const [choices, members, me] = await Promise.all([options(), everybody(), session.me || getMe()]);
  return { ...choices, members, me };
}

export default defineComponent({
  setup() {
    const router = useRouter();
    const standing = useStanding();
    const page = useLoad(async () => {
      const all = await everything();
      form.organisers = [all.me.id];
      return all;
    });
    const form = reactive({ kind: undefined, title: '', place: '', agenda: '', starts_at: wholeHour(1), ends_at: wholeHour(2),
      organisers: [], participants: [], all: true, picking: '', busy: false, problem: null });
    const field = (name) => ({ label: LABELS[name], labelAlign: 'top', errorMessage: form.problem ? form.problem.of(name) : '' });
    const bind = (name) => ({ ...field(name), modelValue: form[name], 'onUpdate:modelValue': (value) => { form[name] = value; } });
    // chosen from a list that opens below
    const pick = (name, text) => ({ ...field(name), modelValue: text, required: true, readonly: true, isLink: true,
      placeholder: '请选择', onClick: () => choose(name) });
    const names = (ids) => page.data.value.members.filter((member) => ids.includes(member.id)).map((member) => member.name).join('、');

    async function submit() {
      form.busy = true;
      form.problem = null;
      const { kind, title, place, agenda, starts_at, ends_at, organisers } = form;
      const participants = form.all ? 'all' : form.participants;
      try {
        const meeting = await post('meetings/', { kind, title, place, agenda, organisers, participants,
          starts_at: moment(starts_at) || null, ends_at: moment(ends_at) || null });
        sent = true;
        if (standing()) router.replace(`/meetings/${meeting.id}`);
        else showSuccessToast('会议已发布');
      } catch (problem) {
        form.problem = problem;
      } finally {
        form.busy = false;
      }
    }

    // The phone's own way back closes what is open, and takes nothing that was written without asking.
    let sent = false;
    onBeforeRouteLeave((to) => {
      if (sent || form.busy || !session.token || to.path === '/consent') return true;
      if (form.picking) {
        done();
        return false;
      }
      if (!form.title && !form.place && !form.agenda) return true;
      return showConfirmDialog({ title: '离开这一页', message: '会议还没有发布，填写的内容不会保留。', confirmButtonText: '离开', cancelButtonText: '继续填写', closeOnPopstate: false })
        .then(() => true, () => false);
    });

    const choose = (name) => { form.picking = name; };
    const done = () => choose('');

    const kindChooser = (kinds) => html`
      <${Popup} show=${true} position="bottom" round teleport="body" onUpdate:show=${done}>
        <${Picker} title="会议类型" columns=${kinds} columnsFieldNames=${{ text: 'label' }} modelValue=${[form.kind]} onCancel=${done}
                   onConfirm=${({ selectedValues }) => { [form.kind] = selectedValues; done(); }} /><//>`;
    // the whole row is the switch: a bare one is too small for a finger
    const turn = () => { form.all = !form.all; };

    const draw = ({ kinds, limits, members }) => html`
      <${CellGroup} inset>
        <${Field} ...${pick('kind', (kinds.find((kind) => kind.value === form.kind) || {}).label)} />
        <${Field} ...${bind('title')} required placeholder="如：11月党小组会" maxlength=${limits.title} />
        <${Field} ...${bind('place')} required placeholder="如：社区活动室" maxlength=${limits.place} />
        <${Field} ...${bind('starts_at')} required type="datetime-local" />
        <${Field} ...${bind('ends_at')} required type="datetime-local" />
        <${Field} ...${bind('agenda')} type="textarea" rows="2" autosize maxlength=${limits.agenda} />
      <//>
      <${CellGroup} inset>
        <${Field} ...${pick('organisers', names(form.organisers))} />
        <${Cell} title="通知全体党员" center clickable onClick=${turn}>${{
          'right-icon': () => html`<${Switch} modelValue=${form.all} aria-label="通知全体党员" />` }}<//>
        ${form.all
          ? field('participants').errorMessage && html`<p class="van-field__error-message beside">${field('participants').errorMessage}</p>`
          : html`<${Field} ...${pick('participants', form.participants.length ? `${form.participants.length} 人` : '')} />`}
      <//>
      ${refusal(form.problem, null, LABELS)}
      <div class="buttons"><${Button} block round type="primary" loading=${form.busy} onClick=${submit}>发布并通知<//></div>
      ${form.picking === 'kind' && kindChooser(kinds)}
      ${['organisers', 'participants'].includes(form.picking) && html`
        <${PeopleChooser} title=${`选择${LABELS[form.picking]}`} members=${members} chosen=${form[form.picking]} key=${form.picking}
                          onChange=${(ids) => { form[form.picking] = ids; }} onDone=${done} />`}`;

    return () => html`<${Page} title="召集会议">${shown(page, draw)}<//>`;
  },
});
