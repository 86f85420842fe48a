import { Checkbox, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { ReasonField } from '../ui/ReasonField.tsx';
import { useReasons } from './use-reasons.ts';

/** For who may override: on without what is required of this kind of visitor, with a reason that stands in the record. */
export function Waive() {
  const { t } = useTranslation('visitors');
  const reasons = useReasons('waive');
  const waived = Form.useWatch<boolean | undefined>('waive');
  return (
    <div className="xm-register-wide">
      <Form.Item name="waive" valuePropName="checked">
        <Checkbox>{t('waive.do')}</Checkbox>
      </Form.Item>
      {waived && <ReasonField suggestions={reasons} />}
    </div>
  );
}
