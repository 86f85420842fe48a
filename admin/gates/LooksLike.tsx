import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Device, DeviceModel, SeenRead } from '../../server/contract/devices.ts';
import { useChange } from '../api.ts';
import { useCan } from '../session.tsx';
import { useSaving } from '../ui/use-saving.ts';
import { notationHint } from './notation-hint.ts';

/** A read that looks like a card number of another notation than the one that is set, and the way to set it. */
export function LooksLike({
  read,
  device,
  model,
}: {
  read: SeenRead;
  device: Device;
  model: DeviceModel | undefined;
}) {
  const { t, i18n } = useTranslation('gates');
  const canManage = useCan('devices.manage');
  const change = useChange('devices.change', ['devices.list']);
  const saving = useSaving();
  const hint = notationHint(read, device, model);
  if (!hint) return null;
  const { set, forms } = hint;
  if (forms.includes(set)) return <p role="status">{t('swipe.notation-set', { form: set })}</p>;
  const list = new Intl.ListFormat(i18n.language, { type: 'disjunction' }).format(forms);
  return (
    <div className="xm-fault">
      <strong>{t('swipe.looks-like', { forms: list })}</strong>
      <p>{t('swipe.looks-like-set', { notation: t(`option.choice.${set}`) })}</p>
      {canManage && (
        <p className="xm-tags">
          {forms.map((radix) => (
            <Button
              key={radix}
              disabled={change.isPending}
              onClick={() =>
                saving(() =>
                  change.mutateAsync({
                    params: { id: device.id },
                    body: {
                      options: { ...device.options, radix },
                      reason: t('swipe.set-notation-why', { forms: list }),
                    },
                  }),
                )
              }
            >
              {t('swipe.set-notation', { form: radix })}
            </Button>
          ))}
        </p>
      )}
    </div>
  );
}
