import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { visitField } from '../../server/contract/visit-words.ts';

const uses = ['not-asked', 'optional', 'required'] as const;

/** What visitors are asked, and what they agree to. */
export function AskedFields({ noticeVersion }: { noticeVersion: number | undefined }) {
  const { t } = useTranslation('visitor-types');
  return (
    <section>
      <h2>{t('asked.title')}</h2>
      <p className="xm-soft">{t('asked.hint')}</p>
      <div className="xm-type-asked">
        {visitField.options.map((field) => (
          <div key={field}>
            <span id={`asked-${field}`}>{t(`field.${field}`)}</span>
            <Form.Item name={['fields', field]} noStyle>
              <Radio.Group
                aria-labelledby={`asked-${field}`}
                options={uses.map((value) => ({ value, label: t(`asked.${value}`) }))}
              />
            </Form.Item>
          </div>
        ))}
      </div>
      <Form.Item
        name="notice"
        label={t('notice.label')}
        extra={
          noticeVersion === undefined ? t('notice.hint') : t('notice.version', { version: noticeVersion })
        }
      >
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={4000} />
      </Form.Item>
    </section>
  );
}
