// The members' app: Vue, Vant and htm as files, no build step. A page is a module in pages/, loaded when opened.
import { html } from './html.js';
import { session } from './session.js';
import { getMe } from './api.js';
import { Tabs } from './parts/tabs.js';
import { Home } from './pages/home.js';
import { Login } from './pages/login.js';

const { createApp, defineComponent, onMounted, watch } = window.Vue;
const { showLoadingToast, showToast } = window.vant;
const { createRouter, createWebHashHistory, RouterView } = window.VueRouter;

const routes = [
  { path: '/', component: Home, meta: { tab: 'home' } },
  { path: '/login', component: Login, meta: { open: true } },
  { path: '/password', component: () => import('./pages/password.js'), meta: { open: true } },
  { path: '/consent', component: () => import('./pages/consent.js') },
  { path: '/branch', component: () => import('./pages/branch.js'), meta: { tab: 'branch' } },
  { path: '/branch/members', component: () => import('./pages/branch-members.js') },
  { path: '/me', component: () => import('./pages/me.js'), meta: { tab: 'me' } },
  { path: '/me/record', component: () => import('./pages/record.js') },
  { path: '/points', component: () => import('./pages/points.js') },
  { path: '/points/rules', component: () => import('./pages/rules.js') },
  { path: '/ranking', component: () => import('./pages/ranking.js') },
  { path: '/total', component: () => import('./pages/total.js') },
  { path: '/messages', component: () => import('./pages/messages.js') },
  { path: '/settings', component: () => import('./pages/settings.js') },
  { path: '/settings/devices', component: () => import('./pages/devices.js') },
  { path: '/scan', component: () => import('./pages/scan.js') },
  { path: '/meetings', component: () => import('./pages/meetings.js') },
  { path: '/meetings/new', component: () => import('./pages/meeting-new.js') },
  { path: '/meetings/:id', component: () => import('./pages/meeting.js') },
  { path: '/meetings/:id/code', component: () => import('./pages/code.js') },
  { path: '/meetings/:id/people', component: () => import('./pages/people.js') },
  { path: '/meetings/:id/minutes', component: () => import('./pages/minutes.js') },
  { path: '/:rest(.*)*', redirect: '/' },
];
for (const route of routes) {
  const load = route.component;
  if (typeof load === 'function' && !load.setup) route.component = () => load().then((page) => page.default);
}

const router = createRouter({
  history: createWebHashHistory(),
  routes,
  scrollBehavior: (to, from, saved) => saved || { top: 0 },
});

// A page that is long in coming says so, and one that does not come: a tap is never without an answer.
let opening = 0;
let waiting = null;
function opened() {
  clearTimeout(opening);
  if (waiting) waiting.close();
  waiting = null;
}
router.beforeEach(() => {
  opened();
  opening = setTimeout(() => { waiting = showLoadingToast({ message: '正在打开', duration: 0 }); }, 500);
});
router.afterEach(opened);
router.onError(() => {
  opened();
  showToast('页面没有打开，请检查网络后再试');
});

router.beforeEach((to) => {
  // Who is logged in has nothing to do there; replaced, so that the way back does not come by the form again.
  if (to.path === '/login' && session.token) return { ...router.resolve(session.consents.length ? '/consent' : to.query.next || '/'), replace: true };
  if (to.meta.open) return true;
  if (!session.token) return { path: '/login', query: to.path === '/' ? {} : { next: to.fullPath } };
  if (session.consents.length && to.path !== '/consent') return '/consent';
  return true;
});

const App = defineComponent({
  setup() {
    // Whoever hears of them, a login or a page: nothing else is open until they are agreed to.
    watch(() => session.consents.length > 0, (due) => { if (due) router.replace('/consent'); });
    // A login brings the same with its answer; a page tells by itself what it could not load.
    onMounted(() => { if (session.token) getMe().catch(() => {}); });
    return () => html`<${RouterView} /><${Tabs} />`;
  },
});

createApp(App).use(router).use(window.vant).mount('#app');
