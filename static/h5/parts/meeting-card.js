// A meeting in a list, and the running one on top of the home page with what can be done now.
import { html } from '../html.js';
import { span } from '../words.js';

const { Button, Tag } = window.vant;
const TONES = { running: 'danger', awaiting_minutes: 'warning', scheduled: 'success', closed: 'default', cancelled: 'default' };

export const phaseTag = (meeting) => html`<${Tag} plain type=${TONES[meeting.phase] || 'default'}>${meeting.phase_label}<//>`;

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
      ${meeting.can_check_in && html`<${Button} block round type="primary" onClick=${() => go('/scan')}>立即签到<//>`}
      ${meeting.can_show_code && html`<${Button} block round type="primary" onClick=${() => go(`/meetings/${meeting.id}/code`)}>出示二维码<//>`}
      ${meeting.can_file_minutes && html`<${Button} block round plain type="primary" onClick=${() => go(`/meetings/${meeting.id}/minutes`)}>提交会议纪要<//>`}
      ${!meeting.can_check_in && !meeting.can_show_code && html`<p class="muted done">${meeting.my_state_label}</p>`}
    </section>`;
}
