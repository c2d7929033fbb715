// Rankings, where the organisation (or one above it) has not switched them off (F03). Organisations above branches show
// how many of them have settled in (F40).
import { html } from '../html.js';
import { get } from '../api.js';
import { Page, useLoad, shown, Nothing } from '../parts/page.js';

const { defineComponent, ref } = window.Vue;
const { Tabs, Tab, Tag } = window.vant;

const NATURES = [['branch', '支部'], ['general_branch', '党总支'], ['committee', '党委']];

export default defineComponent({
  setup() {
    const which = ref('members');
    const nature = ref('branch');
    const address = () => (which.value === 'members' ? 'rankings/members/' : `rankings/organizations/?nature=${nature.value}`);
    const ranking = useLoad(() => get(address()));
    const turn = (chosen, value) => {
      if (chosen.value === value) return;
      chosen.value = value;
      ranking.data.value = null;
      ranking.load();
    };
    const choice = () => html`<div class="choice" role="group" aria-label="哪一级党组织">
      ${NATURES.map(([value, label]) => html`<button key=${value} type="button" aria-pressed=${nature.value === value}
        onClick=${() => turn(nature, value)}>${label}</button>`)}</div>`;
    const me = () => {
      if (which.value === 'members') return '我';
      return nature.value === 'branch' ? '本支部' : '上级';
    };
    const settled = (line) => (line.branches === null || line.branches === undefined ? null
      : html`<span class="muted">入驻支部 ${line.settled} 个，共 ${line.branches} 个支部</span>`);
    const row = (line) => html`<div class="entry" key=${line.rank + line.name}><div><b class=${line.mine ? 'mine' : ''}>${line.rank}. ${line.name}</b>${line.mine && html` <${Tag} type="primary" plain>${me()}<//>`}${settled(line)}</div><span class="plus">${line.points}</span></div>`;
    const list = (data) => html`<p class="muted note">${data.period_label} · ${data.scope_name}</p>${places(data)}`;
    const places = (data) => {
      if (!data.shown) return Nothing('没有显示排行', data.notice);
      if (!data.results.length) return Nothing('这一级没有可排行的组织', '换一级看看；有积分以后，这里按总积分排列。');
      return html`<section class="card entries">${data.results.map(row)}</section>
        ${which.value === 'organizations' && nature.value !== 'branch' ? html`<p class="muted note">入驻支部：支部管理员账号已激活的支部。</p>` : null}
        <p class="muted note">${data.notice}</p>`;
    };
    return () => html`
      <${Page} title="先锋榜">
        <${Tabs} active=${which.value} onUpdate:active=${(value) => turn(which, value)}>
          <${Tab} name="members" title="本支部党员" /><${Tab} name="organizations" title="党组织" />
        <//>
        ${which.value === 'organizations' ? choice() : null}
        ${shown(ranking, list)}
      <//>`;
  },
});
