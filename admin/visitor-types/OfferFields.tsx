import { Checkbox, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { NumberField } from './NumberField.tsx';

const switches = ['offered', 'guardians'] as const;

/** How long data are kept, and where and in which place the kind is offered. */
export function OfferFields() {
  const { t } = useTranslation('visitor-types');
  return (
    <>
      <section>
        <h2>{t('keep.title')}</h2>
        <p className="xm-soft">{t('keep.hint')}</p>
        <div className="xm-type-row">
          <NumberField name="keepDays" label={t('keep.data')} unit={t('unit.days')} min={1} max={3650} />
          <NumberField
            name="keepPhotoDays"
            label={t('keep.photo')}
            unit={t('unit.days')}
            min={1}
            max={3650}
          />
        </div>
      </section>
      <section>
        <h2>{t('offer.title')}</h2>
        {switches.map((name) => (
          <Form.Item key={name} name={name} valuePropName="checked" extra={t(`offer.${name}-hint`)}>
            <Checkbox>{t(`offer.${name}`)}</Checkbox>
          </Form.Item>
        ))}
        <NumberField
          name="position"
          label={t('offer.position')}
          extra={t('offer.position-hint')}
          min={0}
          max={9999}
        />
      </section>
    </>
  );
}
