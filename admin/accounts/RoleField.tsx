import { Form, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { personRole } from '../../server/contract/accounts.ts';

/** Which role, each with what it is for. */
export function RoleField() {
  const { t } = useTranslation('accounts');
  return (
    <Form.Item name="role" label={t('role.label')} rules={[{ required: true, message: t('role.needed') }]}>
      <Radio.Group
        className="xm-role-choices"
        options={personRole.options.map((value) => ({
          value,
          label: (
            <span className="xm-role-choice">
              <strong>{t(`words:role.${value}`)}</strong>
              <span className="xm-soft">{t(`for.${value}`)}</span>
            </span>
          ),
        }))}
      />
    </Form.Item>
  );
}
