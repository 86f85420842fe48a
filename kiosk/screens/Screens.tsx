import { useTranslation } from 'react-i18next';
import { useKiosk } from '../context.ts';
import { Frame } from '../ui/Frame.tsx';
import { Code } from './Code.tsx';
import { Confirm } from './Confirm.tsx';
import { GuardList } from './GuardList.tsx';
import { GuardPin } from './GuardPin.tsx';
import { GuardVisitScreen } from './GuardVisitScreen.tsx';
import { IsItYou, Known } from './Known.tsx';
import { Pairing } from './Pairing.tsx';
import { Person } from './Person.tsx';
import { Result } from './Result.tsx';
import { Start } from './Start.tsx';
import { TypeChoice } from './TypeChoice.tsx';
import { VisitFields } from './VisitFields.tsx';

export function Screens() {
  const { flow } = useKiosk();
  const { t } = useTranslation();
  switch (flow.screen.at) {
    case 'starting':
      return <Frame title={t('starting')}>{null}</Frame>;
    case 'pairing':
      return <Pairing />;
    case 'start':
      return <Start />;
    case 'code':
      return <Code by={flow.screen.by} />;
    case 'known':
      return <Known />;
    case 'is-it-you':
      return <IsItYou found={flow.screen.found} />;
    case 'type':
      return <TypeChoice />;
    case 'person':
      return <Person />;
    case 'visit':
      return <VisitFields />;
    case 'confirm':
      return <Confirm />;
    case 'guard-pin':
      return <GuardPin />;
    case 'guard':
      return <GuardList visits={flow.screen.visits} />;
    case 'guard-visit':
      return <GuardVisitScreen visit={flow.screen.visit} />;
    case 'result':
      return <Result result={flow.screen.result} />;
  }
}
