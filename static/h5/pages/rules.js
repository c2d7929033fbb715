// The rules in force, from the same rows that score (F04).
import { html } from '../html.js';
import { get } from '../api.js';
import { Page, useLoad, shown } from '../parts/page.js';

const { defineComponent, ref } = window.Vue;
const { Tabs, Tab, Tag } = window.vant;

export default defineComponent({
  setup() {
    const rules = useLoad(() => get('points/rules/'));
    const subject = ref('member');
    const row = (rule) => html`
      <div class="entry" key=${rule.code}><div><b>${rule.name}</b>${!rule.open && html` <${Tag} plain>暂未开通<//>`}
        <span class="muted">${rule.who}</span><span class="muted">${rule.cap_text}</span></div><span class=${`${rule.score_text.startsWith('−') ? 'red' : 'plus'} scores`}>${rule.score_text.split('，').map((part) => html`<span key=${part}>${part}</span>`)}</span></div>`;
    return () => html`
      <${Page} title="积分规则">
        <${Tabs} active=${subject.value} onUpdate:active=${(value) => { subject.value = value; }}>
          <${Tab} name="member" title="党员" /><${Tab} name="organization" title="党组织" />
        <//>
        <section class="card entries">${shown(rules, (list) => list.filter((rule) => rule.subject === subject.value).map(row))}</section>
        <p class="muted note">标有“暂未开通”的行为，对应的功能开通后才积分。</p>
        <p class="muted note">积分仅供参考，不作为考核指标。</p>
      <//>`;
  },
});
