import { ReloadOutlined } from '@ant-design/icons';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DeviceAddress } from '../../server/contract/devices.ts';
import { useApi } from '../api.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { addressText, kindOfPath } from './address.ts';
import { Fault } from './DeviceState.tsx';
import { faultKey } from './device-words.ts';

/** What is plugged in now, a simulated device, or a path that somebody types. */
export function PickAddress({
  moving,
  onPick,
}: {
  /** A device that is set up already, and where its model may be: asks where it is now. */
  moving?: { id: string; kinds: readonly DeviceAddress['kind'][] };
  onPick: (address: DeviceAddress, suggested: string[]) => void;
}) {
  const { t } = useTranslation(['gates', 'common']);
  const [form] = Form.useForm<{ path: string }>();
  const scan = useApi('devices.scan', undefined, { refetchInterval: 3000 });
  const found = scan.data?.found.filter(({ address }) => !moving || moving.kinds.includes(address.kind));
  return (
    <div className="xm-block">
      <div className="xm-zone-head">
        <h2>{t('scan.title')}</h2>
        <Button
          size="small"
          icon={<ReloadOutlined aria-hidden />}
          loading={scan.isFetching}
          onClick={() => void scan.refetch()}
        >
          {t('scan.again')}
        </Button>
      </div>
      {scan.isPending && <Loading />}
      {scan.error && !scan.data && <ErrorState error={scan.error} onRetry={() => void scan.refetch()} />}
      {scan.data?.problems.map(({ code, detail }) => (
        <Fault
          key={code + detail}
          fault={code === 'unsupported' ? 'no-list' : faultKey(code, 'serial')}
          detail={detail}
        />
      ))}
      {found?.length === 0 && <p className="xm-soft">{t('scan.nothing')}</p>}
      {found && found.length > 0 && (
        <ul className="xm-choices">
          {found.map((each) => (
            <li key={each.path}>
              <button
                type="button"
                className="xm-choice"
                disabled={each.deviceId !== undefined && each.deviceId !== moving?.id}
                onClick={() => onPick(each.address, each.models)}
              >
                <strong>
                  {[each.manufacturer, each.product].filter(Boolean).join(' ') || t('scan.nameless')}
                </strong>
                <span className="xm-soft">{addressText({ ...each.address, path: each.path })}</span>
                {each.address.usb?.port !== undefined && <span>{t('scan.by-port')}</span>}
                {each.deviceId !== undefined && <span>{t('scan.known')}</span>}
              </button>
            </li>
          ))}
        </ul>
      )}
      <h2>{t('scan.other')}</h2>
      {!moving && (
        <ul className="xm-choices">
          <li>
            <button type="button" className="xm-choice" onClick={() => onPick({ kind: 'sim' }, [])}>
              <strong>{t('scan.simulated')}</strong>
              <span className="xm-soft">{t('scan.simulated-hint')}</span>
            </button>
          </li>
        </ul>
      )}
      <Form
        form={form}
        name="xm-address"
        layout="vertical"
        requiredMark={false}
        onFinish={({ path }) => {
          const kind = kindOfPath(path.trim());
          if (kind) onPick({ kind, path: path.trim() }, []);
        }}
      >
        <Form.Item
          name="path"
          label={t('scan.path')}
          extra={t('scan.path-hint')}
          validateTrigger="onSubmit"
          rules={[
            {
              validator: (_, path = '') =>
                kindOfPath(path.trim()) ? Promise.resolve() : Promise.reject(new Error(t('scan.path-wrong'))),
            },
          ]}
        >
          <Input.Search
            enterButton={t('add.next')}
            // The Enter key submits by itself; the button is none of a form's.
            onSearch={(_, event) => event?.type === 'click' && form.submit()}
            maxLength={400}
            spellCheck={false}
          />
        </Form.Item>
      </Form>
    </div>
  );
}
