// My own page: what is mine, and the way out, which is there without a network as well.
import { html } from '../html.js';
import { getMe, logOut } from '../api.js';
import { session } from '../session.js';
import { trim } from '../words.js';
import { shown, useLoad } from '../parts/page.js';

const { defineComponent } = window.Vue;
const { useRouter } = window.VueRouter;
const { Button, Cell, CellGroup, showConfirmDialog } = window.vant;

export default defineComponent({
  setup() {
    const router = useRouter();
    async function logout() {
      const sure = await showConfirmDialog({ title: '退出登录', message: '退出后，签到和查看积分需要重新登录。' }).catch(() => false);
      if (!sure) return;
      await logOut();
      router.replace('/login');
    }
    const mine = useLoad(getMe);
    const draw = (me) => html`
      <header class="brand"><h1>${me.name}</h1><p>${me.kind_label} · ${me.organization.name}${me.posts.length ? ` · ${me.posts.join('、')}` : ''}</p></header>
      ${!me.complete && html`<div class="card"><b>资料待完善：${me.missing.join('、')}</b><p class="muted">请联系本支部管理员补充。</p></div>`}
      <${CellGroup} inset>
        <${Cell} title="我的积分" icon="medal-o" isLink to="/points" value=${trim(me.year_points)} />
        <${Cell} title="我的资料" icon="user-o" isLink to="/me/record" />
        <${Cell} title="消息" icon="bell" isLink to="/messages" value=${me.unread_messages ? `${me.unread_messages} 条未读` : ''} />
        <${Cell} title="设置" icon="setting-o" isLink to="/settings" />
      <//>`;
    return () => html`
      <div class="page tabbed">
        ${session.me ? draw(session.me) : shown(mine, draw)}
        <div class="buttons"><${Button} block round plain onClick=${logout}>退出登录<//></div>
      </div>`;
  },
});
