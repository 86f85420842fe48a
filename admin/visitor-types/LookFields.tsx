import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { passColours } from '../../parts/badge/pass-colours.ts';
import { passColour } from '../../server/contract/visit-words.ts';
import { PassPreview } from './PassPreview.tsx';
import type { TypeForm } from './type-form.ts';

/** Names and colour, and what they make of a pass. */
export function LookFields() {
  const { t } = useTranslation('visitor-types');
  const form = Form.useFormInstance<TypeForm>();
  const names = Form.useWatch(['names'], form) ?? form.getFieldValue('names');
  const colour = Form.useWatch('colour', form) ?? form.getFieldValue('colour');
  const escort = Form.useWatch('escort', form) ?? false;
  const needed = [{ required: true, whitespace: true, message: t('common:field.required') }];
  return (
    <section>
      <h2>{t('look.title')}</h2>
      <div className="xm-type-look">
        <div>
          <Form.Item name={['names', 'zh-CN']} label={t('look.zh-CN')} rules={needed}>
            <Input lang="zh-CN" maxLength={100} />
          </Form.Item>
          <Form.Item name={['names', 'en']} label={t('look.en')} rules={needed}>
            <Input lang="en" maxLength={100} />
          </Form.Item>
          <Form.Item name="colour" label={t('look.colour')}>
            <Radio.Group
              className="xm-type-colours"
              options={passColour.options.map((value) => ({
                value,
                label: (
                  <span className="xm-type-colour">
                    <span aria-hidden className="xm-type-swatch" style={{ background: passColours[value] }} />
                    {t(`words:passColour.${value}`)}
                  </span>
                ),
              }))}
            />
          </Form.Item>
        </div>
        <PassPreview names={names} colour={colour} escort={escort} />
      </div>
    </section>
  );
}
