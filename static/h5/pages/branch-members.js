import { html } from '../html.js';
import { Page } from '../parts/page.js';
import { Feed } from '../parts/feed.js';

const { defineComponent } = window.Vue;

const row = (member) => html`
  <div class="entry" key=${member.id}><div><b>${member.name}</b><span class="muted">${member.kind_label}</span></div><span class="muted">${member.posts.join('、')}</span></div>`;

export default defineComponent({
  setup() {
    return () => html`
      <${Page} title="支部党员"><section class="card entries">
        <${Feed} path="branch/members/" emptyTitle="支部还没有录入党员" emptyText="支部管理员导入后会出现在这里。">${{ default: row }}<//>
      </section><//>`;
  },
});
