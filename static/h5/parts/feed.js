// A feed that pages by cursor: more is loaded when its end comes into sight.
import { html } from '../html.js';
import { get } from '../api.js';

const { defineComponent, reactive, watch } = window.Vue;
const { List } = window.vant;

export const Feed = defineComponent({
  props: { path: { type: String, required: true }, emptyTitle: String, emptyText: String },
  setup(props, { slots }) {
    const state = reactive({ rows: [], next: props.path, busy: false, done: false, failed: false, fresh: 0 });

    async function more() {
      const round = state.fresh;
      state.busy = true;
      try {
        const page = await get(state.next);
        if (round !== state.fresh) return;
        state.rows.push(...page.results);
        state.next = page.next;
        state.done = !page.next;
        state.failed = false;
      } catch {
        if (round === state.fresh) state.failed = true;
      } finally {
        // the end of an earlier path's page must not let the list ask for the same page twice
        if (round === state.fresh) state.busy = false;
      }
    }
    watch(() => props.path, (path) => {
      Object.assign(state, { rows: [], next: path, done: false, failed: false, fresh: state.fresh + 1 });
      more();
    });

    return () => html`
      <${List} loading=${state.busy} finished=${state.done} error=${state.failed}
               errorText="没有加载出来，点这里再试"
               onLoad=${more} onUpdate:error=${(value) => { state.failed = value; }}
               onUpdate:loading=${(value) => { state.busy = value; }}>
        ${state.rows.map((row) => slots.default(row))}
        ${state.done && !state.rows.length && html`<div class="state"><h2>${props.emptyTitle}</h2><p>${props.emptyText}</p></div>`}
      <//>`;
  },
});
