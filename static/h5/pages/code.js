// The organiser's rotating code. It asks for a new one before the old one ends; when the network is away it says so.
import { html } from '../html.js';
import { get } from '../api.js';
import { Page, useStanding } from '../parts/page.js';
import { refusal } from '../parts/refusal.js';

const { defineComponent, onBeforeUnmount, onMounted, reactive } = window.Vue;
const { useRoute } = window.VueRouter;
const { Loading } = window.vant;

export default defineComponent({
  setup() {
    const { id } = useRoute().params;
    const state = reactive({ code: null, people: null, left: 0, problem: null });
    let next = 0;
    let tick = 0;
    const standing = useStanding();

    async function refresh() {
      try {
        const [code, meeting] = await Promise.all([get(`meetings/${id}/qr/`), get(`meetings/${id}/`)]);
        Object.assign(state, { code, people: meeting.participants, problem: null, left: code.refresh_seconds });
      } catch (problem) {
        Object.assign(state, { problem, code: null }); // what nobody renews is over in seconds, and scanning it says so
      }
      if (!standing()) return; // while it was asked: nobody would end the next round
      clearTimeout(next);
      next = setTimeout(refresh, (state.code ? state.code.refresh_seconds : 5) * 1000);
    }
    onMounted(() => { refresh(); tick = setInterval(() => { state.left = Math.max(0, state.left - 1); }, 1000); });
    onBeforeUnmount(() => { clearTimeout(next); clearInterval(tick); });

    const picture = () => `data:image/svg+xml;utf8,${encodeURIComponent(state.code.svg)}`;
    return () => html`
      <${Page} title="签到码">
        ${refusal(state.problem)}
        ${!state.problem && html`<section class="card code">
          ${state.code ? html`<img src=${picture()} alt="签到码" />` : html`<${Loading} />`}
          ${state.code && html`<p class="muted">${state.left} 秒后自动更新，截图无效</p>`}
          ${state.people && html`<p class="big">已签到 ${state.people.present + state.people.late} / ${state.people.invited}</p>`}
        </section>`}
        ${!state.problem && html`<p class="muted note">请参会党员打开三晋先锋，在首页点“立即签到”扫描。微信等其他软件扫描无效。</p>`}
      <//>`;
  },
});
