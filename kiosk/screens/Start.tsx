import { useTranslation } from 'react-i18next';
import { useKiosk } from '../context.ts';
import type { Task } from '../flow/words.ts';
import { Tile } from '../ui/Buttons.tsx';
import { Frame } from '../ui/Frame.tsx';
import { Icon } from '../ui/Icon.tsx';

const tasks: Task[] = ['appointment', 'register', 'guardian', 'sign-out'];

export function Start() {
  const { tell } = useKiosk();
  const { t } = useTranslation();
  const begin = (task: Task) =>
    tell({
      type: 'begin',
      task,
      key: crypto.randomUUID(),
      ...(task === 'guardian' ? { purpose: t('start.guardian-purpose') } : {}),
    });
  return (
    <Frame
      title={t('start.title')}
      lead={t('start.lead')}
      foot={
        <button type="button" className="k-button k-quiet" onClick={() => tell({ type: 'guard' })}>
          {t('guard.pin-title')}
        </button>
      }
    >
      <div className="k-tiles k-start">
        {tasks.map((task) => (
          <Tile
            key={task}
            word={t(`start.${task}`)}
            line={t(`start.${task}-line`)}
            onClick={() => begin(task)}
          >
            <Icon name={task} />
          </Tile>
        ))}
      </div>
    </Frame>
  );
}
