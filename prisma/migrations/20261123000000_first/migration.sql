-- CreateTable
CREATE TABLE "School" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "sample" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "Event" (
    "seq" INTEGER NOT NULL PRIMARY KEY,
    "school" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "type" TEXT NOT NULL,
    "v" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "prevHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "note" TEXT,
    "noteSalt" TEXT,
    "actorId" TEXT,
    "gateId" TEXT,
    "laneId" TEXT,
    "direction" TEXT,
    "result" TEXT,
    "reason" TEXT,
    "cardholderId" TEXT
);

-- CreateTable
CREATE TABLE "Cursor" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "seq" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "Presence" (
    "cardholderId" TEXT NOT NULL PRIMARY KEY,
    "zoneId" TEXT,
    "laneId" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "seq" BIGINT NOT NULL,
    "zones" TEXT NOT NULL DEFAULT '[]'
);

-- CreateTable
CREATE TABLE "Alarm" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "priority" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "gateId" TEXT,
    "laneId" TEXT,
    "deviceId" TEXT,
    "raisedAt" BIGINT NOT NULL,
    "raisedSeq" BIGINT NOT NULL,
    "clearedAt" BIGINT,
    "acknowledgedAt" BIGINT,
    "acknowledgedBy" TEXT,
    "repeats" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "Gate" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "Zone" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "apbMode" TEXT NOT NULL DEFAULT 'off',
    "apbMinutes" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "Lane" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "gateId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "posture" TEXT NOT NULL DEFAULT 'controlled',
    "zoneId" TEXT,
    "outputDeviceId" TEXT,
    "outputChannel" INTEGER NOT NULL DEFAULT 1,
    "pulseMs" INTEGER NOT NULL DEFAULT 1000,
    "dpsDeviceId" TEXT,
    "dpsInput" INTEGER NOT NULL DEFAULT 0,
    "rexDeviceId" TEXT,
    "rexInput" INTEGER NOT NULL DEFAULT 1,
    "rexReleases" BOOLEAN NOT NULL DEFAULT true,
    "notEnteredMs" INTEGER NOT NULL DEFAULT 8000,
    "heldWarningMs" INTEGER NOT NULL DEFAULT 15000,
    "heldAlarmMs" INTEGER NOT NULL DEFAULT 30000,
    "onStoreFault" TEXT NOT NULL DEFAULT 'pass-known',
    CONSTRAINT "Lane_gateId_fkey" FOREIGN KEY ("gateId") REFERENCES "Gate" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Lane_zoneId_fkey" FOREIGN KEY ("zoneId") REFERENCES "Zone" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Lane_outputDeviceId_fkey" FOREIGN KEY ("outputDeviceId") REFERENCES "Device" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Device" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "addressKind" TEXT NOT NULL,
    "path" TEXT,
    "usbVendorId" INTEGER,
    "usbProductId" INTEGER,
    "usbSerial" TEXT,
    "options" TEXT NOT NULL DEFAULT '{}'
);

-- CreateTable
CREATE TABLE "Reader" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "deviceId" TEXT NOT NULL,
    "number" INTEGER NOT NULL DEFAULT 0,
    "laneId" TEXT,
    "direction" TEXT NOT NULL DEFAULT 'in',
    CONSTRAINT "Reader_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Reader_laneId_fkey" FOREIGN KEY ("laneId") REFERENCES "Lane" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Cardholder" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "number" TEXT,
    "name" TEXT NOT NULL,
    "unit" TEXT,
    "status" TEXT NOT NULL DEFAULT 'active',
    "photoId" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "Cardholder_photoId_fkey" FOREIGN KEY ("photoId") REFERENCES "Photo" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Photo" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "contentType" TEXT NOT NULL,
    "bytes" BLOB NOT NULL
);

-- CreateTable
CREATE TABLE "Credential" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "key" TEXT NOT NULL,
    "cardholderId" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'active',
    "validFrom" BIGINT,
    "validUntil" BIGINT,
    "form" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "Credential_cardholderId_fkey" FOREIGN KEY ("cardholderId") REFERENCES "Cardholder" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "AccessGroup" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "lockdownExempt" BOOLEAN NOT NULL DEFAULT false
);

-- CreateTable
CREATE TABLE "CardholderGroup" (
    "cardholderId" TEXT NOT NULL,
    "groupId" TEXT NOT NULL,

    PRIMARY KEY ("cardholderId", "groupId"),
    CONSTRAINT "CardholderGroup_cardholderId_fkey" FOREIGN KEY ("cardholderId") REFERENCES "Cardholder" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "CardholderGroup_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "AccessGroup" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "AccessRule" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "groupId" TEXT NOT NULL,
    "laneId" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "scheduleId" TEXT NOT NULL,
    CONSTRAINT "AccessRule_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "AccessGroup" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "AccessRule_laneId_fkey" FOREIGN KEY ("laneId") REFERENCES "Lane" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "AccessRule_scheduleId_fkey" FOREIGN KEY ("scheduleId") REFERENCES "Schedule" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Schedule" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "ignoresCalendar" BOOLEAN NOT NULL DEFAULT false
);

-- CreateTable
CREATE TABLE "ScheduleWindow" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "scheduleId" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "startMinute" INTEGER NOT NULL,
    "endMinute" INTEGER NOT NULL,
    CONSTRAINT "ScheduleWindow_scheduleId_fkey" FOREIGN KEY ("scheduleId") REFERENCES "Schedule" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "CalendarDay" (
    "date" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "followsWeekday" INTEGER,
    "name" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "user" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "emailVerified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    "username" TEXT,
    "displayUsername" TEXT,
    "role" TEXT,
    "banned" BOOLEAN,
    "banReason" TEXT,
    "banExpires" DATETIME,
    "twoFactorEnabled" BOOLEAN,
    "mustChangePassword" BOOLEAN NOT NULL DEFAULT false
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "token" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "ipAddress" TEXT,
    "userAgent" TEXT,
    "impersonatedBy" TEXT,
    "userId" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "account" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "accountId" TEXT NOT NULL,
    "providerId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "accessToken" TEXT,
    "refreshToken" TEXT,
    "idToken" TEXT,
    "accessTokenExpiresAt" DATETIME,
    "refreshTokenExpiresAt" DATETIME,
    "scope" TEXT,
    "password" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "verification" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "twoFactor" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "secret" TEXT NOT NULL,
    "backupCodes" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "verified" BOOLEAN DEFAULT true,
    "failedVerificationCount" INTEGER DEFAULT 0,
    "lockedUntil" DATETIME,
    CONSTRAINT "twoFactor_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Secret" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL
);

-- CreateIndex
CREATE INDEX "Event_at_idx" ON "Event"("at");

-- CreateIndex
CREATE INDEX "Event_cardholderId_seq_idx" ON "Event"("cardholderId", "seq");

-- CreateIndex
CREATE INDEX "Event_laneId_seq_idx" ON "Event"("laneId", "seq");

-- CreateIndex
CREATE INDEX "Event_type_seq_idx" ON "Event"("type", "seq");

-- CreateIndex
CREATE INDEX "Presence_zoneId_idx" ON "Presence"("zoneId");

-- CreateIndex
CREATE INDEX "Alarm_state_raisedSeq_idx" ON "Alarm"("state", "raisedSeq");

-- CreateIndex
CREATE INDEX "Alarm_raisedSeq_idx" ON "Alarm"("raisedSeq");

-- CreateIndex
CREATE INDEX "Lane_gateId_idx" ON "Lane"("gateId");

-- CreateIndex
CREATE INDEX "Reader_laneId_idx" ON "Reader"("laneId");

-- CreateIndex
CREATE UNIQUE INDEX "Reader_deviceId_number_key" ON "Reader"("deviceId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "Cardholder_number_key" ON "Cardholder"("number");

-- CreateIndex
CREATE INDEX "Cardholder_name_idx" ON "Cardholder"("name");

-- CreateIndex
CREATE INDEX "Cardholder_unit_idx" ON "Cardholder"("unit");

-- CreateIndex
CREATE UNIQUE INDEX "Credential_key_key" ON "Credential"("key");

-- CreateIndex
CREATE INDEX "Credential_cardholderId_idx" ON "Credential"("cardholderId");

-- CreateIndex
CREATE INDEX "CardholderGroup_groupId_idx" ON "CardholderGroup"("groupId");

-- CreateIndex
CREATE INDEX "AccessRule_laneId_idx" ON "AccessRule"("laneId");

-- CreateIndex
CREATE UNIQUE INDEX "AccessRule_groupId_laneId_direction_scheduleId_key" ON "AccessRule"("groupId", "laneId", "direction", "scheduleId");

-- CreateIndex
CREATE INDEX "ScheduleWindow_scheduleId_idx" ON "ScheduleWindow"("scheduleId");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "user_username_key" ON "user"("username");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_userId_idx" ON "session"("userId");

-- CreateIndex
CREATE INDEX "account_userId_idx" ON "account"("userId");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- CreateIndex
CREATE INDEX "twoFactor_userId_idx" ON "twoFactor"("userId");
