// My branch's total, opened into its formula with the real numbers (F04).
import { html } from '../html.js';
import { get, getMe } from '../api.js';
import { session } from '../session.js';
import { amount, clock, fullDay } from '../words.js';
import { Page, useLoad, shown } from '../parts/page.js';

const { defineComponent } = window.Vue;

export default defineComponent({
  setup() {
    const total = useLoad(async () => {
      const me = session.me || (await getMe());
      return { ...await get(`organizations/${me.organization.id}/total/`), name: me.organization.name };
    });
    return () => html`
      <${Page} title="支部总积分">
        ${shown(total, (data) => html`
          <header class="brand points"><div class="total">${amount(data.total)}</div><p>${data.period_label} · ${data.name}</p></header>
          <section class="card">
            <h2>怎么算出来的</h2>
            <dl class="formula">
              <dt>支部积分</dt><dd>${amount(data.own)}</dd>
              <dt>${data.inner_label}</dt><dd>${amount(data.inner_sum)}</dd>
              <dt>计入党员</dt><dd>${Number(data.inner_count).toLocaleString('zh-CN')}</dd>
              <dt>党员人均</dt><dd>${amount(data.quotient)}</dd>
            </dl>
            <p class="formula-line">${data.formula_text}</p>
            ${data.computed_at && html`<p class="muted">${fullDay(data.computed_at)} ${clock(data.computed_at)} 计算 · 积分仅供参考</p>`}
          </section>`)}
      <//>`;
  },
});
