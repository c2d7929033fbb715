// A meeting in a list, and the running one on top of the home page with what can be done now.
import { html } from '../html.js';
import { span } from '../words.js';

const { Button, Tag } = window.vant;
const TONES = { running: 'danger', awaiting_minutes: 'warning', scheduled: 'success', closed: 'default', cancelled: 'default' };

// The tabs of the list of meetings. A member is told 未开始 where the desk says 已发布, on the tab as on the row.
export const PHASES = [['running', '进行中'], ['scheduled', '未开始'], ['awaiting_minutes', '待交纪要'], ['closed', '已结束']];
const NAMES = Object.fromEntries(PHASES);

export const phaseTag = (meeting) => html`<${Tag} plain type=${TONES[meeting.phase] || 'default'}>${NAMES[meeting.phase] || meeting.phase_label}<//>`;

// What I can do now, the most pressing in red: the code while people come, the minutes once their time is up.
export function acts(meeting, go) {
  const late = meeting.phase === 'awaiting_minutes';
  const button = (words, path, first) => html`
    <${Button} block round plain=${!first} type="primary" key=${path} onClick=${() => go(path)}>${words}<//>`;
  const code = meeting.can_show_code && button('出示签到码', `/meetings/${meeting.id}/code`, !late);
  const minutes = meeting.can_file_minutes && button('提交纪要', `/meetings/${meeting.id}/minutes`, late);
  return [meeting.can_check_in && button('立即签到', '/scan', true), ...(late ? [minutes, code] : [code, minutes])];
}

export function meetingRow(meeting, open) {
  return html`
    <button class="card row-card" type="button" key=${meeting.id} onClick=${() => open(meeting)}>
      <span class="muted">${meeting.kind_label} ${phaseTag(meeting)}</span>
      <b>${meeting.title}</b>
      <span class="muted">${span(meeting.starts_at, meeting.ends_at)} · ${meeting.place}</span>
      <span class="muted">${meeting.my_state_label}${meeting.next_step ? ` · ${meeting.next_step}` : ''}</span>
    </button>`;
}

export function runningCard(meeting, go) {
  return html`
    <section class="card running" key=${meeting.id}>
      <button class="plain" type="button" onClick=${() => go(`/meetings/${meeting.id}`)}>
        <span class="muted">${meeting.phase_label}的会议</span>
        <h2>${meeting.title}</h2>
        <span class="muted">${span(meeting.starts_at, meeting.ends_at)} · ${meeting.place}</span>
      </button>
      ${acts(meeting, go)}
      ${!meeting.can_check_in && !meeting.can_show_code && html`<p class="muted done">${meeting.my_state_label}</p>`}
    </section>`;
}
