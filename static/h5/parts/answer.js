// The answer to a scan: what happened, why, what to do, in large type on the whole screen.
import { html } from '../html.js';
import { clock } from '../words.js';

const { defineComponent } = window.Vue;
const { useRouter } = window.VueRouter;
const { Icon } = window.vant;

// Signs without a circle of their own, since the page draws one round each; '' is drawn as “!”, which Vant has in a circle only.
const LOOKS = { ok: ['green', 'success'], late_ok: ['amber', 'success'], already: ['green', 'success'], not_started: ['amber', ''], code_expired: ['amber', 'replay'] };
// Without a network nobody said what comes next.
const AGAIN = { label: '重新扫码', action: 'scan' };

export const Answer = defineComponent({
  props: { answer: { type: Object, required: true } },
  emits: ['again'],
  setup(props, { emit }) {
    const router = useRouter();
    const home = () => router.replace('/');
    const follow = {
      scan: () => emit('again'),
      home,
      meeting: () => router.replace(`/meetings/${props.answer.meeting.id}`),
    };
    return () => {
      const { answer } = props;
      const [tone, icon] = LOOKS[answer.result] || ['grey', ''];
      const next = answer.next || AGAIN;
      return html`
        <div class=${`answer ${tone}`} role="alert">
          <i aria-hidden="true">${icon ? html`<${Icon} name=${icon} />` : '!'}</i>
          <h1>${answer.title}</h1>
          ${answer.meeting && html`<p>${answer.meeting.title}</p>`}
          ${answer.checked_in_at && html`<p>${clock(answer.checked_in_at)} · ${answer.on_time ? '准时' : '迟到'}</p>`}
          ${answer.detail && html`<p class="small">${answer.detail}</p>`}
          ${answer.points_text && html`<p class="small">${answer.points_text}</p>`}
          <footer>
            <button type="button" onClick=${follow[next.action]}>${next.label}</button>
            ${next.action !== 'home' && html`<button type="button" class="second" onClick=${home}>返回首页</button>`}
          </footer>
        </div>`;
    };
  },
});
