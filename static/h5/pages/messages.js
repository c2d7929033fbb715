// The inbox: unread first in bold; a tap reads it and leads to its place.
import { html } from '../html.js';
import { clock, day } from '../words.js';
import { Page } from '../parts/page.js';
import { Feed } from '../parts/feed.js';
import { openMessage } from '../parts/message.js';

const { defineComponent } = window.Vue;
const { useRouter } = window.VueRouter;

export default defineComponent({
  setup() {
    const router = useRouter();
    const row = (message) => html`
      <button class="card row-card" type="button" key=${message.id} onClick=${() => openMessage(message, router)}>
        <b class=${message.read_at ? 'read' : ''}>${message.read_at ? '' : '● '}${message.title}</b>
        ${message.body && html`<span>${message.body}</span>`}
        <span class="muted">${day(message.created_at)} ${clock(message.created_at)}</span>
      </button>`;
    return () => html`
      <${Page} title="消息"><${Feed} path="messages/" emptyTitle="还没有消息" emptyText="会议通知、账号变动会出现在这里。">${{ default: row }}<//><//>`;
  },
});
