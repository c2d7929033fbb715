// Home: the running meeting with its one button, the places of the app, the newest messages.
import { html } from '../html.js';
import { get, getMe } from '../api.js';
import { session } from '../session.js';
import { today, day, trim } from '../words.js';
import { openMessage } from '../parts/message.js';
import { runningCard } from '../parts/meeting-card.js';
import { useLoad } from '../parts/page.js';
import { refusal } from '../parts/refusal.js';

const { defineComponent, ref } = window.Vue;
const { useRouter } = window.VueRouter;
const { PullRefresh, Icon } = window.vant;

const PLACES = [
  ['scan', '扫码签到', '/scan'],
  ['calendar-o', '三会一课', '/meetings'],
  ['medal-o', '我的积分', '/points'],
  ['bar-chart-o', '支部总积分', '/total'],
  ['friends-o', '支部党员', '/branch/members'],
  ['bell', '消息', '/messages'],
  ['description-o', '积分规则', '/points/rules'],
  ['chart-trending-o', '先锋榜', '/ranking'],
];

export const Home = defineComponent({
  setup() {
    const router = useRouter();
    const pulled = ref(false);
    const go = (path) => router.push(path);
    const page = useLoad(async () => {
      const [running, waiting, messages] = await Promise.all([
        get('meetings/?phase=running'), get('meetings/?phase=awaiting_minutes'), get('messages/'), getMe()]);
      return {
        running: [...running.results, ...waiting.results.filter((meeting) => meeting.can_file_minutes || meeting.can_check_in)],
        messages: messages.results.slice(0, 3),
      };
    });
    const again = async () => { await page.load(); pulled.value = false; };

    return () => {
      const { me } = session;
      const loaded = page.data.value;
      return html`
        <div class="page tabbed home">
          <header class="brand">
            <h1>${me ? me.organization.name : '三晋先锋'}</h1>
            <p>${me ? `${me.name}，您好 · ` : ''}${today()}</p>
          </header>
          <${PullRefresh} modelValue=${pulled.value} onUpdate:modelValue=${(value) => { pulled.value = value; }} onRefresh=${again}>
            ${refusal(page.problem.value, page.load)}
            ${loaded && loaded.running.map((meeting) => runningCard(meeting, go))}
            <nav class="card places">${PLACES.map(([icon, label, path]) => html`
              <button type="button" key=${path} onClick=${() => go(path)}><i><${Icon} name=${icon} /></i>${label}</button>`)}</nav>
            ${me && html`<button class="card total-line" type="button" onClick=${() => go('/points')}>
              <span>我的积分 <b>${trim(me.year_points)}</b></span><span class="muted">今年 · 仅供参考 ›</span></button>`}
            ${loaded && html`<section class="card list">
              ${loaded.messages.map((message) => html`
                <button class="line" type="button" key=${message.id} onClick=${() => (message.link ? openMessage(message, router) : go('/messages'))}>
                  <span>${message.title}</span><span class=${message.read_at ? 'muted' : 'red'}>${message.read_at ? day(message.created_at) : '未读'}</span>
                </button>`)}
              ${!loaded.messages.length && html`<p class="muted quiet">会议和账号的消息会出现在这里</p>`}
            </section>`}
          <//>
        </div>`;
    };
  },
});
