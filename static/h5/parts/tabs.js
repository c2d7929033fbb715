// Bottom tabs: only what exists is offered.
import { html } from '../html.js';
import { session } from '../session.js';

const { defineComponent } = window.Vue;
const { useRoute } = window.VueRouter;
const { Tabbar, TabbarItem } = window.vant;

export const Tabs = defineComponent({
  setup() {
    const route = useRoute();
    return () => route.meta.tab && html`
      <${Tabbar} modelValue=${route.meta.tab} route=${false}>
        <${TabbarItem} name="home" icon="wap-home-o" to="/">首页<//>
        <${TabbarItem} name="branch" icon="friends-o" to="/branch">我的支部<//>
        <${TabbarItem} name="me" icon="user-o" to="/me" dot=${Boolean(session.me && session.me.unread_messages)}>个人中心<//>
      <//>`;
  },
});
