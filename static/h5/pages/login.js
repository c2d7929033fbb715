// Login: account and password, a captcha after failures, and the way for those who have no password yet.
import { html } from '../html.js';
import { post } from '../api.js';
import { remember, session } from '../session.js';
import { deviceName } from '../words.js';
import { useStanding } from '../parts/page.js';
import { refusal } from '../parts/refusal.js';

const { defineComponent, reactive } = window.Vue;
const { useRoute, useRouter } = window.VueRouter;
const { Form, Field, Button, CellGroup } = window.vant;

export const Login = defineComponent({
  setup() {
    const route = useRoute();
    const router = useRouter();
    const standing = useStanding();
    const form = reactive({ account: '', password: '', captcha: '', captchaKey: '', image: '', busy: false, problem: null });

    async function submit() {
      form.busy = true;
      form.problem = null;
      const body = { account: form.account.trim(), password: form.password, device: session.device, device_name: deviceName() };
      if (form.captchaKey) Object.assign(body, { captcha_key: form.captchaKey, captcha: form.captcha });
      try {
        remember(await post('auth/login/', body));
        if (standing()) router.replace(session.consents.length ? '/consent' : route.query.next || '/');
      } catch (problem) {
        form.problem = problem;
        form.captchaKey = problem.data.captcha_key || '';
        form.image = problem.data.captcha_image || '';
        form.captcha = '';
      } finally {
        form.busy = false;
      }
    }

    return () => html`
      <div class="page login">
        <header><h1>三晋先锋</h1><p>党员登录</p></header>
        <${Form} onSubmit=${submit}>
          <${CellGroup} inset>
            <${Field} modelValue=${form.account} onUpdate:modelValue=${(value) => { form.account = value; }} name="account"
                      label="账号：手机号、区号加座机号或身份证号后 11 位" labelAlign="top" placeholder="请输入账号" autocomplete="username" clearable />
            <${Field} modelValue=${form.password} onUpdate:modelValue=${(value) => { form.password = value; }} name="password"
                      label="密码" labelAlign="top" type="password" placeholder="请输入密码" autocomplete="current-password" />
            ${form.captchaKey && html`<${Field} modelValue=${form.captcha} onUpdate:modelValue=${(value) => { form.captcha = value; }}
                      name="captcha" label="验证码" labelAlign="top" placeholder="请输入图中的字符">${{
                        extra: () => html`<img class="captcha" src=${form.image} alt="验证码图片" />` }}<//>`}
          <//>
          ${route.query.over && !form.problem && html`<p class="muted note" role="status">登录已失效，请重新登录，之后回到刚才的页面。</p>`}
          ${refusal(form.problem)}
          <div class="buttons">
            <${Button} block round type="primary" nativeType="submit" loading=${form.busy} loadingText="正在登录">登录<//>
            <${Button} block round plain type="primary" to="/password">首次登录 / 忘记密码<//>
          </div>
        <//>
        <p class="muted foot">首次登录没有密码：请用短信验证码，或支部管理员打印的一次性口令设置密码。账号有问题，请找本支部管理员。</p>
      </div>`;
  },
});
