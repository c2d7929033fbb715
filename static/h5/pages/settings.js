import { html } from '../html.js';
import { session, setSize } from '../session.js';
import { Page } from '../parts/page.js';

const { defineComponent } = window.Vue;
const { Cell, CellGroup, Radio, RadioGroup } = window.vant;

const SIZES = [['standard', '标准'], ['large', '大'], ['huge', '特大']];

export default defineComponent({
  setup() {
    return () => html`
      <${Page} title="设置">
        <${CellGroup} inset title="文字大小">
          <${RadioGroup} modelValue=${session.size} onUpdate:modelValue=${setSize}>
            ${SIZES.map(([name, label]) => html`<${Cell} key=${name} title=${label} clickable onClick=${() => setSize(name)}>${{
              'right-icon': () => html`<${Radio} name=${name} />` }}<//>`)}
          <//>
        <//>
        <${CellGroup} inset title="账号">
          <${Cell} title="修改密码" isLink to="/password" /><${Cell} title="已登录的设备" isLink to="/settings/devices" />
        <//>
      <//>`;
  },
});
