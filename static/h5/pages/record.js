// My record, numbers masked; who to ask when something is wrong (F28, F41).
import { html } from '../html.js';
import { get } from '../api.js';
import { fullDay } from '../words.js';
import { Page, useLoad, shown } from '../parts/page.js';

const { defineComponent } = window.Vue;
const { Cell, CellGroup } = window.vant;

export default defineComponent({
  setup() {
    const me = useLoad(() => get('me/'));
    const draw = (data) => html`
      <${CellGroup} inset class="record">
        <${Cell} title="姓名" value=${data.name} /><${Cell} title="性别" value=${data.sex_label} />
        <${Cell} title="公民身份号码" value=${data.id_number} /><${Cell} title="手机号码" value=${data.phone || '未登记'} />
        <${Cell} title="人员类别" value=${data.kind_label} /><${Cell} title="入党日期" value=${fullDay(`${data.joined_on}T00:00:00+08:00`)} />
        <${Cell} title="所属支部" value=${data.organization.name} />
        ${data.superior && html`<${Cell} title="直属上级党委" value=${data.superior.name} />`}
        ${data.posts.length > 0 && html`<${Cell} title="职务" value=${data.posts.join('、')} />`}
      <//>
      <p class="muted note">资料有误，请联系本支部管理员更正。组织关系转接，请与所属支部联系。</p>`;
    return () => html`<${Page} title="我的资料">${shown(me, draw)}<//>`;
  },
});
