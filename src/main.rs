fn main() -> std::process::ExitCode {
    convoca::cli::main()
}
