// What the server refused, in its own words: the sentence, then each field's. again: how to load what did not come.
import { html } from '../html.js';

const { Button } = window.vant;

export function refusal(problem, again) {
  if (!problem) return null;
  const details = problem.errors.map((error) => error.detail).filter((detail) => detail && detail !== problem.message);
  return html`
    <div class="refusal" role="alert"><b>${problem.title}</b><p>${problem.message}</p>
      ${details.map((detail) => html`<p key=${detail}>${detail}</p>`)}
      ${again && html`<${Button} size="small" plain round onClick=${again}>再试一次<//>`}</div>`;
}
