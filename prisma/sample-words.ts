/** The words of the sample school in both languages. Every name is made up. */
import type { Language } from '../server/contract/words.ts';

export interface SampleWords {
  school: string;
  gates: { main: string; back: string; side: string };
  lanes: { in: string; out: string; both: string; back: string; side: string };
  zone: string;
  devices: { mainRelays: string; otherRelays: string; inputs: string; qr: string; documents: string };
  /** The reader on one side of a lane. */
  reader(lane: string, direction: 'in' | 'out'): string;
  groups: { students: string; staff: string; guards: string; contractors: string; responders: string };
  schedules: { students: string; staff: string; contractors: string; always: string };
  days: {
    nationalDay: string;
    newYear: string;
    winter: string;
    tombSweeping: string;
    labourDay: string;
    summer: string;
    makeUp: string;
    sports: string;
    endOfTerm: string;
    sampleDay: string;
  };
  schoolClass(grade: number, number: number): string;
  staffUnits: readonly string[];
  guardUnit: string;
  contractorUnits: readonly string[];
  /** The n-th person's name; different for each n below 600. */
  name(n: number): string;
}

const chinese: SampleWords = {
  school: '示例实验学校',
  gates: { main: '正门', back: '后门', side: '教师侧门' },
  lanes: { in: '进校通道', out: '出校通道', both: '双向通道', back: '后门通道', side: '侧门' },
  zone: '校园',
  devices: {
    mainRelays: '正门继电器',
    otherRelays: '后门与侧门继电器',
    inputs: '门磁与出门按钮',
    qr: '双向通道二维码',
    documents: '门卫室身份证阅读器',
  },
  reader: (lane, direction) => `${lane}${direction === 'in' ? '（进）' : '（出）'}`,
  groups: {
    students: '学生',
    staff: '教职工',
    guards: '保安',
    contractors: '外包人员',
    responders: '应急人员',
  },
  schedules: { students: '学生上学时间', staff: '教职工时间', contractors: '外包人员时间', always: '全天' },
  days: {
    nationalDay: '国庆节',
    newYear: '元旦',
    winter: '寒假',
    tombSweeping: '清明节',
    labourDay: '劳动节',
    summer: '暑假',
    makeUp: '调休上课',
    sports: '运动会',
    endOfTerm: '期末散学',
    sampleDay: '示例上课日',
  },
  schoolClass: (grade, number) => `${['七', '八', '九'][grade] ?? ''}年级${number}班`,
  staffUnits: ['语文组', '数学组', '英语组', '科学组', '体育组', '教务处', '后勤处'],
  guardUnit: '保安队',
  contractorUnits: ['食堂', '保洁', '维修'],
  name: (n) => {
    const family = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许';
    const given = '禾满星晴朗云溪舟苗果雨石竹梅岚帆歌月田南北乐安宁芽川海山林枫';
    return `${family[n % 20]}小${given[Math.floor(n / 20) % 30]}`;
  },
};

const englishFamily = [
  'Maplewood Riverstone Brightwater Fernhill Larkspur Oakhollow Willowby Thistledown Cloverfield Birchmere',
  'Stonebrook Hazelgrove Windermoor Juniper Foxglove Ashcombe Meadowlark Rowanberry Silverbrook Elderflower',
].flatMap((line) => line.split(' '));
const englishGiven = [
  'Ada Ben Cleo Dan Ella Finn Gwen Hugo Iris Jack Kira Liam Mona Noah Olga',
  'Paul Quin Rosa Sam Tess Uma Vera Will Xena Yann Zoe Amos Beth Carl Dora',
].flatMap((line) => line.split(' '));

const english: SampleWords = {
  school: 'Sample Experimental School',
  gates: { main: 'Main gate', back: 'Back gate', side: 'Teachers’ side door' },
  lanes: { in: 'Lane in', out: 'Lane out', both: 'Two-way lane', back: 'Back gate lane', side: 'Side door' },
  zone: 'Campus',
  devices: {
    mainRelays: 'Main gate relays',
    otherRelays: 'Back gate and side door relays',
    inputs: 'Door switches and exit buttons',
    qr: 'Two-way lane QR scanner',
    documents: 'Gatehouse identity card reader',
  },
  reader: (lane, direction) => `${lane} (${direction})`,
  groups: {
    students: 'Students',
    staff: 'Staff',
    guards: 'Guards',
    contractors: 'Contractors',
    responders: 'Responders',
  },
  schedules: {
    students: 'Students’ school days',
    staff: 'Staff hours',
    contractors: 'Contractors’ hours',
    always: 'Always',
  },
  days: {
    nationalDay: 'National Day',
    newYear: 'New Year’s Day',
    winter: 'Winter holiday',
    tombSweeping: 'Tomb-Sweeping Day',
    labourDay: 'Labour Day',
    summer: 'Summer holiday',
    makeUp: 'Make-up school day',
    sports: 'Sports day',
    endOfTerm: 'End of term',
    sampleDay: 'Sample school day',
  },
  schoolClass: (grade, number) => `Grade ${grade + 7} Class ${number}`,
  staffUnits: ['Chinese', 'Mathematics', 'English', 'Science', 'Sports', 'School office', 'Facilities'],
  guardUnit: 'Guards',
  contractorUnits: ['Canteen', 'Cleaning', 'Maintenance'],
  name: (n) => `${englishGiven[Math.floor(n / 20) % 30]} ${englishFamily[n % 20]}`,
};

export const sampleWords: Record<Language, SampleWords> = { 'zh-CN': chinese, en: english };
