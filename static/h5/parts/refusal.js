// What the server refused, in its own words: the sentence, then each field's.
import { html } from '../html.js';

export function refusal(problem) {
  if (!problem) return null;
  const details = problem.errors.map((error) => error.detail).filter((detail) => detail && detail !== problem.message);
  return html`
    <div class="refusal" role="alert"><b>${problem.title}</b><p>${problem.message}</p>
      ${details.map((detail) => html`<p key=${detail}>${detail}</p>`)}</div>`;
}
