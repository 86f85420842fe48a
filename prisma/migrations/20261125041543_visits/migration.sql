-- CreateTable
CREATE TABLE "VisitorType" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "nameZh" TEXT NOT NULL,
    "nameEn" TEXT NOT NULL,
    "colour" TEXT NOT NULL,
    "fields" TEXT NOT NULL DEFAULT '{}',
    "waitMinutes" INTEGER NOT NULL DEFAULT 5,
    "closeMinute" INTEGER NOT NULL DEFAULT 1380,
    "approvals" TEXT NOT NULL DEFAULT '["host"]',
    "everyLane" BOOLEAN NOT NULL DEFAULT true,
    "stayMinutes" INTEGER NOT NULL,
    "manyEntries" BOOLEAN NOT NULL DEFAULT false,
    "liveCode" BOOLEAN NOT NULL DEFAULT false,
    "escort" BOOLEAN NOT NULL DEFAULT false,
    "notice" TEXT,
    "noticeVersion" INTEGER NOT NULL DEFAULT 1,
    "keepDays" INTEGER NOT NULL DEFAULT 180,
    "keepPhotoDays" INTEGER NOT NULL DEFAULT 30,
    "position" INTEGER NOT NULL DEFAULT 0,
    "offered" BOOLEAN NOT NULL DEFAULT true
);

-- CreateTable
CREATE TABLE "VisitorTypeLane" (
    "typeId" TEXT NOT NULL,
    "laneId" TEXT NOT NULL,

    PRIMARY KEY ("typeId", "laneId"),
    CONSTRAINT "VisitorTypeLane_typeId_fkey" FOREIGN KEY ("typeId") REFERENCES "VisitorType" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "VisitorTypeLane_laneId_fkey" FOREIGN KEY ("laneId") REFERENCES "Lane" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Visitor" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "phone" TEXT,
    "organisation" TEXT,
    "idKind" TEXT,
    "idSealed" TEXT,
    "idHash" TEXT,
    "search" TEXT NOT NULL DEFAULT '',
    "createdAt" BIGINT NOT NULL,
    "erasedAt" BIGINT
);

-- CreateTable
CREATE TABLE "Visit" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "visitorId" TEXT NOT NULL,
    "typeId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "pending" TEXT NOT NULL DEFAULT '[]',
    "hostId" TEXT,
    "department" TEXT,
    "purpose" TEXT,
    "companions" TEXT NOT NULL DEFAULT '[]',
    "plate" TEXT,
    "items" TEXT,
    "noticeVersion" INTEGER,
    "noticeAt" BIGINT,
    "expectedFrom" BIGINT NOT NULL,
    "expectedUntil" BIGINT NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "enteredAt" BIGINT,
    "enteredZone" TEXT,
    "leftAt" BIGINT,
    "waitingSince" BIGINT,
    "lapsedAt" BIGINT,
    "remindedAt" BIGINT,
    "alarmedAt" BIGINT,
    "metAt" BIGINT,
    "partedAt" BIGINT,
    "itemsAt" BIGINT,
    "escort" BOOLEAN NOT NULL DEFAULT false,
    "unseenOut" BOOLEAN NOT NULL DEFAULT false,
    "photoId" TEXT,
    "signatureId" TEXT,
    "erasedAt" BIGINT,
    "kioskId" TEXT,
    "seriesId" TEXT,
    CONSTRAINT "Visit_visitorId_fkey" FOREIGN KEY ("visitorId") REFERENCES "Visitor" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Visit_typeId_fkey" FOREIGN KEY ("typeId") REFERENCES "VisitorType" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "VisitWord" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "visitId" TEXT NOT NULL,
    "word" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "approved" BOOLEAN NOT NULL,
    "at" BIGINT NOT NULL,
    CONSTRAINT "VisitWord_visitId_fkey" FOREIGN KEY ("visitId") REFERENCES "Visit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ScreeningEntry" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "list" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "aliases" TEXT NOT NULL DEFAULT '[]',
    "idKind" TEXT,
    "idSealed" TEXT,
    "idHash" TEXT,
    "phone" TEXT,
    "reason" TEXT NOT NULL,
    "responderId" TEXT,
    "createdAt" BIGINT NOT NULL,
    "removedAt" BIGINT
);

-- CreateTable
CREATE TABLE "VisitHold" (
    "visitId" TEXT NOT NULL,
    "entryId" TEXT NOT NULL,
    "how" TEXT NOT NULL,

    PRIMARY KEY ("visitId", "entryId"),
    CONSTRAINT "VisitHold_visitId_fkey" FOREIGN KEY ("visitId") REFERENCES "Visit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "VisitHold_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "ScreeningEntry" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Kiosk" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "gateId" TEXT,
    "pairingHash" TEXT,
    "pairingUntil" BIGINT,
    "tokenHash" TEXT,
    "pairedAt" BIGINT,
    "revokedAt" BIGINT,
    "seenAt" BIGINT,
    "printer" TEXT,
    "camera" TEXT,
    "waiting" INTEGER NOT NULL DEFAULT 0,
    "version" TEXT
);

-- CreateTable
CREATE TABLE "KioskSubmission" (
    "kioskId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "visitId" TEXT NOT NULL,
    "at" BIGINT NOT NULL,

    PRIMARY KEY ("kioskId", "key"),
    CONSTRAINT "KioskSubmission_kioskId_fkey" FOREIGN KEY ("kioskId") REFERENCES "Kiosk" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Pass" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "number" INTEGER NOT NULL,
    "visitId" TEXT NOT NULL,
    "validFrom" BIGINT NOT NULL,
    "validUntil" BIGINT NOT NULL,
    "manyEntries" BOOLEAN NOT NULL,
    "revokedAt" BIGINT,
    CONSTRAINT "Pass_visitId_fkey" FOREIGN KEY ("visitId") REFERENCES "Visit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "VisitorTypeLane_laneId_idx" ON "VisitorTypeLane"("laneId");

-- CreateIndex
CREATE INDEX "Visitor_idHash_idx" ON "Visitor"("idHash");

-- CreateIndex
CREATE INDEX "Visitor_name_idx" ON "Visitor"("name");

-- CreateIndex
CREATE INDEX "Visit_state_expectedUntil_idx" ON "Visit"("state", "expectedUntil");

-- CreateIndex
CREATE INDEX "Visit_hostId_state_idx" ON "Visit"("hostId", "state");

-- CreateIndex
CREATE INDEX "Visit_seriesId_idx" ON "Visit"("seriesId");

-- CreateIndex
CREATE INDEX "Visit_createdAt_idx" ON "Visit"("createdAt");

-- CreateIndex
CREATE INDEX "Visit_visitorId_idx" ON "Visit"("visitorId");

-- CreateIndex
CREATE INDEX "VisitWord_visitId_idx" ON "VisitWord"("visitId");

-- CreateIndex
CREATE INDEX "ScreeningEntry_removedAt_idx" ON "ScreeningEntry"("removedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Kiosk_pairingHash_key" ON "Kiosk"("pairingHash");

-- CreateIndex
CREATE UNIQUE INDEX "Kiosk_tokenHash_key" ON "Kiosk"("tokenHash");

-- CreateIndex
CREATE INDEX "KioskSubmission_visitId_idx" ON "KioskSubmission"("visitId");

-- CreateIndex
CREATE UNIQUE INDEX "Pass_number_key" ON "Pass"("number");

-- CreateIndex
CREATE INDEX "Pass_visitId_idx" ON "Pass"("visitId");
