// Where a meeting stands: what is behind it, what is going on, what is to come. Vant's Steps put their tick on the current
// step, as if it were done, and leave what is done without one.
import { html } from '../html.js';
import { clock, day } from '../words.js';

const { Icon } = window.vant;
const SAID = { done: '已完成', current: '当前步骤' };

export const steps = (list) => html`
  <ol class="steps">${list.map((step) => html`
    <li class=${step.state} key=${step.label} aria-current=${step.state === 'current' ? 'step' : undefined}>
      <i>${step.state === 'done' && html`<${Icon} name="success" />`}</i>
      <b>${step.label}</b>${SAID[step.state] && html`<span class="unseen">${SAID[step.state]}</span>`}
      ${step.at && html`<span class="muted">${day(step.at)} ${clock(step.at)} ${step.hint}</span>`}
    </li>`)}</ol>`;
