// The first login shows the privacy notice (and the pledge) and records the consent with its version.
import { html } from '../html.js';
import { getMe, logOut, post } from '../api.js';
import { agreed, session } from '../session.js';
import { Page } from '../parts/page.js';
import { refusal } from '../parts/refusal.js';

const { defineComponent, onMounted, ref } = window.Vue;
const { useRouter } = window.VueRouter;
const { Button } = window.vant;

export default defineComponent({
  setup() {
    const router = useRouter();
    const problem = ref(null);
    const busy = ref(false);
    async function agree(document) {
      busy.value = true;
      problem.value = null;
      try {
        await post('consents/', { document: document.id });
        agreed(document);
        if (!session.consents.length) router.replace('/');
      } catch (error) {
        problem.value = error;
      } finally {
        busy.value = false;
      }
    }
    // Opened by its address with nothing to agree to: there is nothing here.
    onMounted(async () => {
      if (!session.consents.length) await getMe().catch(() => {});
      if (!session.consents.length) router.replace('/');
    });
    const refuse = async () => { await logOut(); router.replace('/login'); };
    return () => {
      const [document] = session.consents;
      if (!document) return null;
      return html`
        <${Page} title=${document.title} back=${false}>
          <article class="card text">${document.text.split('\n').map((line) => html`<p>${line}</p>`)}
            <p class="muted">第 ${document.version} 版</p></article>
          ${refusal(problem.value)}
          <div class="buttons">
            <${Button} block round type="primary" loading=${busy.value} onClick=${() => agree(document)}>我已阅读并同意<//>
            <${Button} block round plain onClick=${refuse}>不同意，退出登录<//>
          </div>
        <//>`;
    };
  },
});
