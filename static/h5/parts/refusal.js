// What the server refused, in its own words: the sentence, then each field's, which `labels` ({field: label}) name. again: how
// to load what did not come.
import { html } from '../html.js';

const { Button } = window.vant;

export function refusal(problem, again, labels = {}) {
  if (!problem) return null;
  const details = problem.errors
    .filter(({ detail }) => detail && detail !== problem.message)
    .map(({ field, detail }) => (labels[field] ? `${labels[field]}：${detail}` : detail));
  return html`
    <div class="refusal" role="alert"><b>${problem.title}</b><p>${problem.message}</p>
      ${[...new Set(details)].map((detail) => html`<p key=${detail}>${detail}</p>`)}
      ${again && html`<${Button} size="small" plain round onClick=${again}>再试一次<//>`}</div>`;
}
