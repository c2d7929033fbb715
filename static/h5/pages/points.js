// My points: the year's total, then every action with what it earned or why it earned nothing (F01, F03).
import { html } from '../html.js';
import { get } from '../api.js';
import { day, signed, thisYear, trim } from '../words.js';
import { Page, useLoad, shown } from '../parts/page.js';
import { Feed } from '../parts/feed.js';

const { defineComponent, ref } = window.Vue;
const { useRouter } = window.VueRouter;

export default defineComponent({
  setup() {
    const router = useRouter();
    const year = ref(thisYear());
    const summary = useLoad(() => get(`me/points/summary/?year=${year.value}`));
    const turn = (step) => { year.value += step; summary.data.value = null; summary.load(); };

    const entry = (row) => html`
      <div class="entry" key=${row.kind + row.id}>
        <div><b>${row.title}</b>
          <span class="muted">${day(row.acted_on)} · ${row.rule.name}${row.count > 1 ? ` ×${row.count}` : ''}</span>
          ${row.reason && html`<span class="reason">${row.reason}</span>`}</div>
        <span class=${Number(row.points) > 0 ? 'plus' : Number(row.points) < 0 ? 'red' : 'zero'}>${signed(row.points)}</span>
      </div>`;

    return () => html`
      <${Page} title="我的积分" action="规则" onAction=${() => router.push('/points/rules')}>
        <header class="brand points">
          ${shown(summary, (data) => html`
            <div class="total">${trim(data.total)}</div>
            <p>${data.year}年 · 本月 ${trim(data.month)} · 本季 ${trim(data.quarter)}</p>
            <p>${data.notice}</p>`)}
          <nav class="years"><button type="button" onClick=${() => turn(-1)}>‹ ${year.value - 1}年</button>
            ${year.value < thisYear() && html`<button type="button" onClick=${() => turn(1)}>${year.value + 1}年 ›</button>`}</nav>
        </header>
        <section class="card entries">
          <${Feed} path=${`me/points/?year=${year.value}`} emptyTitle="这一年还没有积分记录"
                   emptyText="参加会议并按时签到后，积分会出现在这里；没有积分的，也会写明原因。">${{ default: entry }}<//>
        </section>
      <//>`;
  },
});
