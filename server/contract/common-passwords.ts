/**
 * Passwords that are guessed first. Chosen by hand: what stands high in every published count of leaked passwords,
 * the keyboard's rows and columns, Chinese favourites (love in digits, pinyin), and the words of a school and of this
 * product. Kept short by password-rules.ts, which adds digits and signs around a word, digits for letters, runs and
 * repetitions; so a word of letters stands here once, and digits only where they are no run.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `
  password passwort passwd pass passcode passphrase passwordpassword mypassword newpassword temppassword secret topsecret
  mysecret changeme changeit letmein letmeinplease login loginlogin access default initial test testing tester testtest
  temp temporary demo guest user username admin adminadmin administrator root rootroot system sysadmin superuser master
  manager server welcome welcomeback hello helloworld hellohello whatever trustno iloveyou iloveyoubaby loveyou lovely
  sunshine princess dragon monkey football baseball basketball superman batman starwars pokemon michael jennifer jessica
  ashley daniel charlie summer winter spring autumn january february monday computer internet keyboard freedom flower
  qwert qwerty qwertyui qwertyuiop qwertyuiopasdf qwertyqwerty qwertz qwertzuiop azerty azertyuiop asdf asdfg asdfgh
  asdfghjkl asdfghjk asdfasdf zxcv zxcvb zxcvbn zxcvbnm zxcvbnmasdfghjkl qazwsx qazwsxedc qazwsxedcrfv wsxedc qweasd
  qweasdzxc qweqwe asdzxc zaqxsw zaqwsx abc abcd abcde abcdef abcabc aaa aaaa qaz wsx qwe asd zxc
  1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 zaq12wsx q1w2e3r4 q1w2e3r4t5 a1b2c3d4 a1b2c3d4e5
  12345678910 1234512345 1234554321 123454321 123123123 123321123321 1122334455 112233445566 147258369 1472583690
  159357258 147852369 741852963 789456123 7894561230 987654321 9876543210 0987654321 0123456789 5201314520 52013145201314
  13145201314 1314520520 5211314521 7758521520 5845201314 1314521 5201314 woaini5201314 woaini1314520
  woaini woaiwojia woaiziji woaimama woaibaba aini wojiushiwo nihao nihaoma mima mimamima wodemima guanliyuan
  zhongguo woaizhongguo beijing shanghai xuexiao xiaoxue zhongxue daxue laoshi xuesheng baoan menwei menjin
  school myschool schoolschool student students teacher teachers classroom gate gatehouse guard security campus
  campusgate xiaomen xiaomenxiaomen
  密码 我爱你 中国 我爱中国 你好 学校 老师 学生 管理员 保安 门卫 校门
  `
    .trim()
    .split(/\s+/),
);
