// The branch's meetings by phase.
import { html } from '../html.js';
import { session } from '../session.js';
import { Page } from '../parts/page.js';
import { Feed } from '../parts/feed.js';
import { meetingRow } from '../parts/meeting-card.js';

const { computed, defineComponent } = window.Vue;
const { useRoute, useRouter } = window.VueRouter;
const { Tabs, Tab, Button } = window.vant;

const PHASES = [['running', '进行中'], ['scheduled', '未开始'], ['awaiting_minutes', '待交纪要'], ['closed', '已结束']];

export default defineComponent({
  setup() {
    const router = useRouter();
    const route = useRoute();
    // in the address, so that the way back from a meeting leads to the same list
    const phase = computed(() => route.query.phase || 'running');
    const turn = (value) => router.replace({ query: { phase: value } });
    const open = (meeting) => router.push(`/meetings/${meeting.id}`);
    return () => html`
      <${Page} title="三会一课">
        <${Tabs} active=${phase.value} onUpdate:active=${turn}>
          ${PHASES.map(([name, title]) => html`<${Tab} name=${name} title=${title} key=${name} />`)}
        <//>
        <${Feed} path=${`meetings/?phase=${phase.value}`} emptyTitle="这里没有会议" emptyText="支部召集会议后，会出现在这里，您也会收到消息。">${{ default: (meeting) => meetingRow(meeting, open) }}<//>
        ${session.me && session.me.may_call_meetings && html`
          <div class="buttons bottom"><${Button} block round type="primary" to="/meetings/new">召集会议<//></div>`}
      <//>`;
  },
});
