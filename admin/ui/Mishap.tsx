import { CloseCircleOutlined, ReloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './states.css';

/**
 * Around a screen: an error in drawing it leaves the menu and the other screens alone. A class, because React tells
 * only classes. `place` is where we are: another place is another try.
 */
export class Mishap extends Component<{ place: string; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidUpdate(before: { place: string }): void {
    if (this.state.failed && before.place !== this.props.place) this.setState({ failed: false });
  }

  override render(): ReactNode {
    return this.state.failed ? <Sorry /> : this.props.children;
  }
}

function Sorry() {
  const { t } = useTranslation('common');
  return (
    <div className="xm-state" role="alert">
      <CloseCircleOutlined className="xm-state-icon xm-state-bad" aria-hidden />
      <h1>{t('mishap.title')}</h1>
      <p>{t('mishap.hint')}</p>
      <Button icon={<ReloadOutlined aria-hidden />} onClick={() => location.reload()}>
        {t('mishap.reload')}
      </Button>
    </div>
  );
}
