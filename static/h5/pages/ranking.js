// Rankings, where the organisation (or one above it) has not switched them off (F03).
import { html } from '../html.js';
import { get } from '../api.js';
import { Page, useLoad, shown, Nothing } from '../parts/page.js';

const { defineComponent, ref } = window.Vue;
const { Tabs, Tab } = window.vant;

export default defineComponent({
  setup() {
    const which = ref('members');
    const ranking = useLoad(() => get(`rankings/${which.value}/`));
    const turn = (value) => { which.value = value; ranking.data.value = null; ranking.load(); };
    const row = (line) => html`<div class="entry" key=${line.rank + line.name}><div><b>${line.rank}. ${line.name}</b></div><span class="plus">${line.points}</span></div>`;
    return () => html`
      <${Page} title="先锋榜">
        <${Tabs} active=${which.value} onUpdate:active=${turn}>
          <${Tab} name="members" title="本支部党员" /><${Tab} name="organizations" title="党组织" />
        <//>
        ${shown(ranking, (data) => (!data.shown
          ? Nothing('没有显示排行', data.notice)
          : html`<section class="card entries">${data.results.map(row)}</section><p class="muted note">${data.notice}</p>`))}
      <//>`;
  },
});
