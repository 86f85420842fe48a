import { DesktopOutlined, GatewayOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useApi } from '../api.ts';
import { campusTree } from '../campus/campus-tree.ts';
import { PostureTag } from '../campus/PostureTag.tsx';
import { useLaneStates } from '../LiveProvider.tsx';
import { Allowed } from '../session.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import './choose-lane.css';

/** Which lane the guard's screen shows. */
export function ChooseLanePage() {
  const { t } = useTranslation('lane-screen');
  const campus = useApi('campus.get');
  const states = useLaneStates();
  return (
    <div className="xm-page">
      <PageHeader title={t('choose.title')} hint={t('choose.hint')} />
      {campus.error && !campus.data ? (
        <ErrorState error={campus.error} onRetry={() => void campus.refetch()} />
      ) : !campus.data ? (
        <Loading />
      ) : campus.data.lanes.length === 0 ? (
        <div className="xm-card">
          <EmptyState
            icon={<GatewayOutlined />}
            title={t('choose.none')}
            action={
              <Allowed needs="gates.manage">
                <Link to="/gates">{t('choose.make')}</Link>
              </Allowed>
            }
          />
        </div>
      ) : (
        <div className="xm-gates">
          {campusTree(campus.data, [])
            .gates.filter(({ lanes }) => lanes.length > 0)
            .map(({ gate, lanes }) => (
              <section key={gate.id} className="xm-card" aria-labelledby={`gate-${gate.id}`}>
                <h2 id={`gate-${gate.id}`}>{gate.name}</h2>
                <ul className="xm-choices">
                  {lanes.map(({ lane }) => (
                    <li key={lane.id}>
                      <Link to={`/lanes/${encodeURIComponent(lane.id)}`} className="xm-choice">
                        <DesktopOutlined aria-hidden />
                        <span className="xm-choice-name">{lane.name}</span>
                        <PostureTag posture={states.get(lane.id)?.posture ?? lane.posture} />
                      </Link>
                    </li>
                  ))}
                  {lanes.length > 1 && (
                    <li>
                      <Link to={`/gates/${encodeURIComponent(gate.id)}/screen`} className="xm-choice">
                        <GatewayOutlined aria-hidden />
                        <span className="xm-choice-name">
                          {t('choose.whole-gate', { count: lanes.length })}
                        </span>
                      </Link>
                    </li>
                  )}
                </ul>
              </section>
            ))}
        </div>
      )}
    </div>
  );
}
