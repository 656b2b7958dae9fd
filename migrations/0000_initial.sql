CREATE TABLE `access_logs` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`recorded_at` datetime(3) NOT NULL,
	`action` varchar(40) character set ascii collate ascii_bin NOT NULL,
	`user_id` int unsigned,
	`detail` varchar(255) NOT NULL,
	`address` varchar(45) character set ascii collate ascii_bin NOT NULL,
	`user_agent` varchar(255) NOT NULL,
	CONSTRAINT `access_logs_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `audit_chains` (
	`chain` varchar(40) character set ascii collate ascii_bin NOT NULL,
	`length` bigint unsigned NOT NULL,
	`head_hash` varchar(64) character set ascii collate ascii_bin NOT NULL,
	CONSTRAINT `audit_chains_chain` PRIMARY KEY(`chain`)
);
--> statement-breakpoint
CREATE TABLE `system_logs` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`chain` varchar(40) character set ascii collate ascii_bin NOT NULL,
	`position` bigint unsigned NOT NULL,
	`recorded_at` datetime(3) NOT NULL,
	`user_id` int unsigned,
	`action` varchar(40) character set ascii collate ascii_bin NOT NULL,
	`subject` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`before_state` text,
	`after_state` text,
	`previous_hash` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`hash` varchar(64) character set ascii collate ascii_bin NOT NULL,
	CONSTRAINT `system_logs_id` PRIMARY KEY(`id`),
	CONSTRAINT `system_logs_chain_position_unique` UNIQUE(`chain`,`position`)
);
--> statement-breakpoint
CREATE TABLE `consumers` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`location_id` int unsigned NOT NULL,
	`name` varchar(100) NOT NULL,
	`kind` varchar(16) NOT NULL,
	`power_kilowatts` int unsigned,
	`active` boolean NOT NULL DEFAULT true,
	CONSTRAINT `consumers_id` PRIMARY KEY(`id`),
	CONSTRAINT `consumers_location_name_unique` UNIQUE(`location_id`,`name`)
);
--> statement-breakpoint
CREATE TABLE `location_balances` (
	`location_id` int unsigned NOT NULL,
	`balance` decimal(18,2) NOT NULL,
	`entries` bigint unsigned NOT NULL,
	CONSTRAINT `location_balances_location_id` PRIMARY KEY(`location_id`)
);
--> statement-breakpoint
CREATE TABLE `location_days` (
	`location_id` int unsigned NOT NULL,
	`business_day` date NOT NULL,
	`net` decimal(18,2) NOT NULL,
	`litres_in` decimal(18,2) NOT NULL,
	`litres_out` decimal(18,2) NOT NULL,
	`entries_in` int unsigned NOT NULL,
	`entries_out` int unsigned NOT NULL,
	`lowest` decimal(18,2) NOT NULL,
	`highest` decimal(18,2) NOT NULL,
	CONSTRAINT `location_days_location_id_business_day_pk` PRIMARY KEY(`location_id`,`business_day`)
);
--> statement-breakpoint
CREATE TABLE `locations` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`code` varchar(32) character set ascii collate ascii_bin NOT NULL,
	`name` varchar(100) NOT NULL,
	`capacity_litres` decimal(12,2),
	`low_stock_litres` decimal(12,2),
	`active` boolean NOT NULL DEFAULT true,
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `locations_id` PRIMARY KEY(`id`),
	CONSTRAINT `locations_code_unique` UNIQUE(`code`)
);
--> statement-breakpoint
CREATE TABLE `settings` (
	`name` varchar(40) character set ascii collate ascii_bin NOT NULL,
	`value` varchar(1000) NOT NULL,
	CONSTRAINT `settings_name` PRIMARY KEY(`name`)
);
--> statement-breakpoint
CREATE TABLE `transactions` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`type` varchar(3) NOT NULL,
	`kind` varchar(16) NOT NULL,
	`litres` decimal(12,2) NOT NULL,
	`location_id` int unsigned NOT NULL,
	`occurred_at` datetime NOT NULL,
	`business_day` date NOT NULL,
	`recorded_at` datetime(3) NOT NULL,
	`user_id` int unsigned NOT NULL,
	`notes` varchar(500),
	`reference` varchar(100),
	`consumer_id` int unsigned,
	`request_id` varchar(100) character set ascii collate ascii_bin,
	`request_hash` varchar(64) character set ascii collate ascii_bin,
	`reverses_id` bigint unsigned,
	`replaces_id` bigint unsigned,
	`import_id` int unsigned,
	`over_capacity` boolean NOT NULL DEFAULT false,
	CONSTRAINT `transactions_id` PRIMARY KEY(`id`),
	CONSTRAINT `transactions_request_unique` UNIQUE(`request_id`),
	CONSTRAINT `transactions_reverses_unique` UNIQUE(`reverses_id`),
	CONSTRAINT `transactions_replaces_unique` UNIQUE(`replaces_id`),
	CONSTRAINT `transactions_litres_positive` CHECK(`transactions`.`litres` > 0),
	CONSTRAINT `transactions_type_known` CHECK(`transactions`.`type` in ('IN', 'OUT'))
);
--> statement-breakpoint
CREATE TABLE `imports` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`file_name` varchar(255) NOT NULL,
	`file_hash` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`user_id` int unsigned NOT NULL,
	`recorded_at` datetime(3) NOT NULL,
	CONSTRAINT `imports_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `refresh_tokens` (
	`hash` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`session_id` varchar(32) character set ascii collate ascii_bin NOT NULL,
	`created_at` datetime(3) NOT NULL,
	`first_used_at` datetime(3),
	CONSTRAINT `refresh_tokens_hash` PRIMARY KEY(`hash`)
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` varchar(32) character set ascii collate ascii_bin NOT NULL,
	`user_id` int unsigned NOT NULL,
	`created_at` datetime(3) NOT NULL,
	`last_seen_at` datetime(3) NOT NULL,
	`ended_at` datetime(3),
	`end_reason` varchar(16),
	`address` varchar(45) character set ascii collate ascii_bin NOT NULL,
	`user_agent` varchar(255) NOT NULL,
	CONSTRAINT `sessions_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `users` (
	`id` int unsigned AUTO_INCREMENT NOT NULL,
	`email` varchar(254) NOT NULL,
	`name` varchar(100) NOT NULL,
	`role` varchar(16) NOT NULL,
	`location_id` int unsigned,
	`password_hash` varchar(60) character set ascii collate ascii_bin,
	`active` boolean NOT NULL DEFAULT true,
	`built_in` boolean NOT NULL DEFAULT false,
	`created_at` datetime(3) NOT NULL,
	CONSTRAINT `users_id` PRIMARY KEY(`id`),
	CONSTRAINT `users_email_unique` UNIQUE(`email`)
);
--> statement-breakpoint
ALTER TABLE `access_logs` ADD CONSTRAINT `access_logs_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `system_logs` ADD CONSTRAINT `system_logs_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `consumers` ADD CONSTRAINT `consumers_location_id_locations_id_fk` FOREIGN KEY (`location_id`) REFERENCES `locations`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `location_balances` ADD CONSTRAINT `location_balances_location_id_locations_id_fk` FOREIGN KEY (`location_id`) REFERENCES `locations`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `location_days` ADD CONSTRAINT `location_days_location_id_locations_id_fk` FOREIGN KEY (`location_id`) REFERENCES `locations`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `transactions` ADD CONSTRAINT `transactions_location_id_locations_id_fk` FOREIGN KEY (`location_id`) REFERENCES `locations`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `transactions` ADD CONSTRAINT `transactions_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `transactions` ADD CONSTRAINT `transactions_consumer_id_consumers_id_fk` FOREIGN KEY (`consumer_id`) REFERENCES `consumers`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `transactions` ADD CONSTRAINT `transactions_reverses_id_transactions_id_fk` FOREIGN KEY (`reverses_id`) REFERENCES `transactions`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `transactions` ADD CONSTRAINT `transactions_replaces_id_transactions_id_fk` FOREIGN KEY (`replaces_id`) REFERENCES `transactions`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `transactions` ADD CONSTRAINT `transactions_import_id_imports_id_fk` FOREIGN KEY (`import_id`) REFERENCES `imports`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `imports` ADD CONSTRAINT `imports_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `refresh_tokens` ADD CONSTRAINT `refresh_tokens_session_id_sessions_id_fk` FOREIGN KEY (`session_id`) REFERENCES `sessions`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `sessions` ADD CONSTRAINT `sessions_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE `users` ADD CONSTRAINT `users_location_id_locations_id_fk` FOREIGN KEY (`location_id`) REFERENCES `locations`(`id`) ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX `access_logs_time` ON `access_logs` (`recorded_at`);--> statement-breakpoint
CREATE INDEX `system_logs_subject` ON `system_logs` (`subject`);--> statement-breakpoint
CREATE INDEX `transactions_timeline` ON `transactions` (`occurred_at`,`id`);--> statement-breakpoint
CREATE INDEX `transactions_location_timeline` ON `transactions` (`location_id`,`occurred_at`,`id`);--> statement-breakpoint
CREATE INDEX `transactions_litres` ON `transactions` (`litres`,`id`);--> statement-breakpoint
CREATE INDEX `refresh_tokens_session` ON `refresh_tokens` (`session_id`);--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`,`ended_at`);