import { Form } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FormPath } from '../../server/contract/visit-form.ts';
import type { VisitorType } from '../../server/contract/visitor-types.ts';
import { formatTime } from '../ui/format-time.ts';
import { useZone } from '../ui/zone.tsx';
import { faultAt, type RegisterForm } from './register-form.ts';

/** What a field is told, by the rule that the server goes by: an empty one at the end, a wrong one when it is left. */
export function useFieldRules(type: VisitorType): (path: FormPath) => object[] {
  const { t } = useTranslation('visitors');
  const { timeZone, ahead } = useZone();
  const form = Form.useFormInstance<RegisterForm>();
  const missingOf: Partial<Record<FormPath, string>> = {
    noticeVersion: t('fault.not-agreed'),
    photo: t('fault.no-photo'),
    signature: t('fault.no-signature'),
  };
  return (path) => {
    const check = (missing: boolean) => () => {
      const today = formatTime(performance.now() + ahead, timeZone, 'date');
      const fault = faultAt(path, { ...form.getFieldsValue(true), name: 'x' }, type, today);
      if (fault === undefined || (fault === 'missing') !== missing) return Promise.resolve();
      return Promise.reject(new Error((missing && missingOf[path]) || t(`fault.${fault}`)));
    };
    return [
      { validator: check(false), validateTrigger: ['onBlur', 'onSubmit'] },
      { validator: check(true), validateTrigger: 'onSubmit' },
    ];
  };
}
