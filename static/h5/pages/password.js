// Set a password with a one-time code: by SMS, or from the slip that the branch admin prints (F28).
import { html } from '../html.js';
import { get, post } from '../api.js';
import { remember, session } from '../session.js';
import { deviceName } from '../words.js';
import { Page, useStanding } from '../parts/page.js';
import { refusal } from '../parts/refusal.js';

const { defineComponent, onMounted, reactive } = window.Vue;
const { useRouter } = window.VueRouter;
const { Form, Field, Button, CellGroup, Icon } = window.vant;

export default defineComponent({
  setup() {
    const router = useRouter();
    const standing = useStanding();
    const form = reactive({ account: '', code: '', password: '', again: '', sent: '', rules: [], busy: '', problem: null });
    // An empty box breaks no rule and keeps none: they tick off while typing, as on the desk.
    const holds = (rule) => form.password !== '' && new RegExp(rule.pattern, 'u').test(form.password);
    onMounted(async () => { form.rules = await get('auth/password/rules/').catch(() => []); });

    async function attempt(what, work) {
      form.busy = what;
      form.problem = null;
      try {
        await work();
      } catch (problem) {
        form.problem = problem;
      } finally {
        form.busy = '';
      }
    }
    const send = () => attempt('code', async () => {
      form.sent = (await post('auth/password/forgot/', { account: form.account.trim() })).detail;
    });
    const submit = () => attempt('password', async () => {
      const body = { account: form.account.trim(), code: form.code.trim(), password: form.password };
      remember(await post('auth/password/reset/', { ...body, device: session.device, device_name: deviceName() }));
      if (standing()) router.replace(session.consents.length ? '/consent' : '/');
    });
    const bind = (name) => ({ modelValue: form[name], 'onUpdate:modelValue': (value) => { form[name] = value; } });
    const different = () => form.again && form.again !== form.password;

    return () => html`
      <${Page} title="设置密码">
        <${Form} onSubmit=${submit}>
          <${CellGroup} inset title="一、确认是本人">
            <${Field} ...${bind('account')} name="account" label="账号：手机号、区号加座机号或身份证号后 11 位" labelAlign="top" placeholder="请输入账号" autocomplete="username" />
            <${Field} ...${bind('code')} name="code" label="短信验证码或一次性口令" labelAlign="top" placeholder="请输入" autocomplete="one-time-code">${{
              button: () => html`<${Button} size="small" plain type="primary" loading=${form.busy === 'code'} disabled=${!form.account || Boolean(form.busy)} onClick=${send}>获取短信验证码<//>` }}<//>
          <//>
          ${form.sent && html`<p class="muted note" role="status">${form.sent}</p>`}
          <${CellGroup} inset title="二、设置新密码">
            <${Field} ...${bind('password')} name="password" type="password" label="新密码" labelAlign="top" placeholder="请输入新密码" autocomplete="new-password" />
            <ul class="rules">${form.rules.map((rule) => html`
              <li class=${holds(rule) ? 'held' : ''} key=${rule.code}><${Icon} name=${holds(rule) ? 'passed' : 'circle'} /> ${rule.label}</li>`)}</ul>
            <${Field} ...${bind('again')} name="again" type="password" label="再输一次" labelAlign="top" placeholder="请再输入一次新密码"
                      autocomplete="new-password" errorMessage=${different() ? '两次输入的密码不一样' : ''} />
          <//>
          ${refusal(form.problem)}
          <div class="buttons"><${Button} block round type="primary" nativeType="submit" loading=${form.busy === 'password'}
            disabled=${Boolean(form.busy) || !form.code || !form.password || form.again !== form.password}>设置密码并登录<//></div>
        <//>
      <//>`;
  },
});
