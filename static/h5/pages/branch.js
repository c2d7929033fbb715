// My branch: the running meeting first, then its places.
import { html } from '../html.js';
import { get } from '../api.js';
import { session } from '../session.js';
import { runningCard } from '../parts/meeting-card.js';
import { useLoad } from '../parts/page.js';
import { refusal } from '../parts/refusal.js';

const { defineComponent } = window.Vue;
const { useRouter } = window.VueRouter;
const { Cell, CellGroup } = window.vant;

export default defineComponent({
  setup() {
    const router = useRouter();
    const running = useLoad(async () => (await get('meetings/?phase=running')).results);
    return () => html`
      <div class="page tabbed">
        <header class="brand"><h1>${session.me ? session.me.organization.name : '我的支部'}</h1>
          <p>${session.me ? `${session.me.organization.nature_label} · ${session.me.organization.type}` : ''}</p></header>
        ${refusal(running.problem.value, running.load)}
        ${(running.data.value || []).map((meeting) => runningCard(meeting, (path) => router.push(path)))}
        <${CellGroup} inset>
          <${Cell} title="三会一课" label="会议、签到、纪要" icon="calendar-o" isLink to="/meetings" />
          <${Cell} title="支部党员" icon="friends-o" isLink to="/branch/members" />
          <${Cell} title="支部总积分" label="怎么算出来的" icon="bar-chart-o" isLink to="/total" />
          <${Cell} title="先锋榜" icon="chart-trending-o" isLink to="/ranking" />
        <//>
      </div>`;
  },
});
