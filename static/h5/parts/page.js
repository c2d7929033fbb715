// A page below a tab: title with a way back, and the three states of anything that is loaded.
import { html } from '../html.js';

const { defineComponent, ref, onMounted } = window.Vue;
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
        <${NavBar} title=${props.title} leftArrow=${props.back} fixed=${true} placeholder=${true}
                   leftText=${props.back ? '返回' : ''} rightText=${props.action}
                   onClickLeft=${props.back ? leave : undefined} onClickRight=${() => emit('action')} />
        <main>${slots.default && slots.default()}</main>
      </div>`;
  },
});

// Load something when the page opens. `state.data`, `state.problem`, `state.busy`; `load()` tries again.
export function useLoad(fetcher) {
  const data = ref(null);
  const problem = ref(null);
  const busy = ref(false);
  async function load() {
    busy.value = true;
    problem.value = null;
    try {
      data.value = await fetcher();
    } catch (error) {
      problem.value = error;
    } finally {
      busy.value = false;
    }
  }
  onMounted(load);
  return { data, problem, busy, load };
}

// Draws loading and failure; once there is data, `draw(data)`.
export function shown(state, draw) {
  if (state.data.value !== null) return draw(state.data.value);
  if (state.problem.value) {
    return html`<div class="state"><h2>${state.problem.value.title}</h2><p>${state.problem.value.message}</p>
      <${Button} round onClick=${state.load}>再试一次<//></div>`;
  }
  return html`<div class="state"><${Loading} vertical>正在加载<//></div>`;
}

export const Nothing = (title, text) => html`<div class="state"><h2>${title}</h2><p>${text}</p></div>`;
