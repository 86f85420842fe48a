import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { cardholderKind } from '../../server/contract/words.ts';
import { useApi } from '../api.ts';
import { useCan } from '../session.tsx';

export function PersonFields({ autoFocus = false }: { autoFocus?: boolean }) {
  const { t } = useTranslation(['people', 'common', 'words']);
  const canGroups = useCan('access.read');
  const access = useApi('access.get', undefined, { enabled: canGroups });
  const kind = Form.useWatch('kind');
  return (
    <>
      <Form.Item
        name="name"
        label={t('field.name')}
        rules={[{ required: true, whitespace: true, message: t('common:field.required') }]}
      >
        <Input maxLength={100} autoFocus={autoFocus} autoComplete="off" />
      </Form.Item>
      <Form.Item name="kind" label={t('field.kind')}>
        <Select
          options={cardholderKind.options.map((value) => ({
            value,
            label: t(`words:cardholderKind.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="number" label={t(kind === 'student' ? 'field.student-number' : 'field.number')}>
        <Input maxLength={40} autoComplete="off" />
      </Form.Item>
      <Form.Item name="unit" label={t(kind === 'student' ? 'field.class' : 'field.unit')}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      {canGroups && (
        <Form.Item name="groupIds" label={t('field.groups')} extra={t('field.groups-hint')}>
          <Select
            mode="multiple"
            loading={access.isPending}
            showSearch={{ optionFilterProp: 'label' }}
            options={(access.data?.groups ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
      )}
    </>
  );
}
