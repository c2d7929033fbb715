// Choosing people of the branch from below: found by name and pinyin, who holds a post on top.
import { html } from '../html.js';

const { computed, defineComponent, ref } = window.Vue;
const { Button, Checkbox, CheckboxGroup, Popup, Search } = window.vant;

export const PeopleChooser = defineComponent({
  props: { title: String, members: { type: Array, required: true }, chosen: { type: Array, required: true } },
  emits: ['change', 'done'],
  setup(props, { emit }) {
    const wanted = ref('');
    const sorted = computed(() => [...props.members].sort((a, b) => Boolean(b.posts.length) - Boolean(a.posts.length)));
    const found = computed(() => {
      const words = wanted.value.replace(/\s/g, '').toLowerCase();
      return sorted.value.filter((member) => member.name.includes(words) || member.pinyin.some((key) => key.startsWith(words)));
    });
    // The group would forget those whom the search hides.
    function change(shownOnes) {
      const seen = new Set(found.value.map((member) => member.id));
      emit('change', [...props.chosen.filter((id) => !seen.has(id)), ...shownOnes.filter((id) => seen.has(id))]);
    }
    const done = () => emit('done');

    return () => html`
      <${Popup} show=${true} position="bottom" round teleport="body" onUpdate:show=${done}>
        <div class="chooser"><h2>${props.title}</h2>
          <${Search} modelValue=${wanted.value} onUpdate:modelValue=${(value) => { wanted.value = value; }} shape="round" placeholder="按姓名或拼音查找" />
          <div class="people">
            <${CheckboxGroup} modelValue=${props.chosen} onUpdate:modelValue=${change}>
              ${found.value.map((member) => html`<${Checkbox} name=${member.id} key=${member.id}>${member.name} <span class="muted">${member.posts.join('、')}</span><//>`)}
            <//>
            ${!found.value.length && html`<p class="muted quiet">没有找到这个人，请核对姓名或拼音后再查。</p>`}
          </div>
          <div class="buttons"><${Button} block round type="primary" onClick=${done}>确定${props.chosen.length ? `（已选 ${props.chosen.length} 人）` : ''}<//></div>
        </div>
      <//>`;
  },
});
