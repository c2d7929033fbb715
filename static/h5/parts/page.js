// A page below a tab: title with a way back, and the three states of anything that is loaded.
import { html } from '../html.js';
import { refusal } from './refusal.js';

const { defineComponent, onBeforeUnmount, onMounted, ref } = window.Vue;
const { useRouter } = window.VueRouter;
const { NavBar, Loading, Button } = window.vant;

export const Page = defineComponent({
  props: { title: String, back: { type: Boolean, default: true }, action: String },
  emits: ['action'],
  setup(props, { slots, emit }) {
    const router = useRouter();
    const leave = () => (window.history.state && window.history.state.back ? router.back() : router.replace('/'));
    return () => html`
      <div class="page">
        <${NavBar} title=${props.title} leftArrow=${props.back}
                   leftText=${props.back ? '返回' : ''} rightText=${props.action}
                   onClickLeft=${props.back ? leave : undefined} onClickRight=${() => emit('action')} />
        <main>${slots.default && slots.default()}</main>
      </div>`;
  },
});

// Load something when the page opens. `state.data`, `state.problem`, `state.busy`; `load()` tries again. An answer that
// comes after a later load has begun is dropped: it belongs to another choice.
export function useLoad(fetcher) {
  const data = ref(null);
  const problem = ref(null);
  const busy = ref(false);
  let rounds = 0;
  async function load() {
    const round = ++rounds;
    busy.value = true;
    problem.value = null;
    try {
      const fetched = await fetcher();
      if (round === rounds) data.value = fetched;
    } catch (error) {
      if (round === rounds) problem.value = error;
    } finally {
      if (round === rounds) busy.value = false;
    }
  }
  onMounted(load);
  return { data, problem, busy, load };
}

// Whether the page is still there: an answer that comes after it has been left must not lead away from the next one.
export function useStanding() {
  let standing = true;
  onBeforeUnmount(() => { standing = false; });
  return () => standing;
}

// Draws loading and failure; once there is data, `draw(data)`, under the problem of a later load if it failed.
export function shown(state, draw) {
  if (state.data.value !== null) return [refusal(state.problem.value, state.load), draw(state.data.value)];
  if (state.problem.value) {
    return html`<div class="state"><h2>${state.problem.value.title}</h2><p>${state.problem.value.message}</p>
      <${Button} round onClick=${state.load}>再试一次<//></div>`;
  }
  return html`<div class="state"><${Loading} vertical>正在加载<//></div>`;
}

export const Nothing = (title, text) => html`<div class="state"><h2>${title}</h2><p>${text}</p></div>`;
