// The branch's meetings by phase, opened where there is one.
import { html } from '../html.js';
import { get } from '../api.js';
import { session } from '../session.js';
import { Page, shown, useLoad } from '../parts/page.js';
import { Feed } from '../parts/feed.js';
import { PHASES, meetingRow } from '../parts/meeting-card.js';

const { computed, defineComponent } = window.Vue;
const { useRoute, useRouter } = window.VueRouter;
const { Tabs, Tab, Button } = window.vant;

export default defineComponent({
  setup() {
    const router = useRouter();
    const route = useRoute();
    // in the address, so that the way back from a meeting leads to the same list
    const phase = computed(() => route.query.phase || first.data.value);
    // nobody has chosen yet: the first tab that is not empty
    const first = useLoad(async () => {
      if (route.query.phase) return route.query.phase;
      for (const [name] of PHASES) if ((await get(`meetings/?phase=${name}`)).results.length) return name;
      return PHASES[0][0];
    });
    const turn = (value) => router.replace({ query: { phase: value } });
    const open = (meeting) => router.push(`/meetings/${meeting.id}`);
    return () => html`
      <${Page} title="三会一课">
        ${shown(first, () => html`
          <${Tabs} active=${phase.value} onUpdate:active=${turn}>
            ${PHASES.map(([name, title]) => html`<${Tab} name=${name} title=${title} key=${name} />`)}
          <//>
          <${Feed} path=${`meetings/?phase=${phase.value}`} emptyTitle="这里没有会议" emptyText="支部召集会议后，会出现在这里，您也会收到消息。">${{ default: (meeting) => meetingRow(meeting, open) }}<//>`)}
        ${session.me && session.me.may_call_meetings && html`
          <div class="buttons bottom"><${Button} block round type="primary" to="/meetings/new">召集会议<//></div>`}
      <//>`;
  },
});
